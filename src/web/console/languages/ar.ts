import account from '../account/texts/ar.js';
import images from '../images/texts/ar.js';
import jobs from '../jobs/texts/ar.js';
import keys from '../keys/texts/ar.js';
import log from '../log/texts/ar.js';
import members from '../members/texts/ar.js';
import queue from '../queue/texts/ar.js';
import review from '../review/texts/ar.js';
import rules from '../rules/texts/ar.js';
import shell from '../shell/texts/ar.js';
import signIn from '../sign-in/texts/ar.js';
import sites from '../sites/texts/ar.js';
import statistics from '../statistics/texts/ar.js';
import common from '../texts/ar.js';
import ui from '../ui/texts/ar.js';
import webhooks from '../webhooks/texts/ar.js';
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
