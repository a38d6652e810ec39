import account from '../account/texts/es.js';
import images from '../images/texts/es.js';
import jobs from '../jobs/texts/es.js';
import keys from '../keys/texts/es.js';
import log from '../log/texts/es.js';
import members from '../members/texts/es.js';
import queue from '../queue/texts/es.js';
import review from '../review/texts/es.js';
import rules from '../rules/texts/es.js';
import shell from '../shell/texts/es.js';
import signIn from '../sign-in/texts/es.js';
import sites from '../sites/texts/es.js';
import statistics from '../statistics/texts/es.js';
import common from '../texts/es.js';
import ui from '../ui/texts/es.js';
import webhooks from '../webhooks/texts/es.js';
import type { Texts } from './en.js';

const texts: Texts = {
  ...common,
  ...shell,
  ...signIn,
  ...account,
  ...ui,
  ...review,
  ...queue,
  ...images,
  ...log,
  ...statistics,
  ...rules,
  ...sites,
  ...keys,
  ...members,
  ...webhooks,
  ...jobs,
};

export default texts;
