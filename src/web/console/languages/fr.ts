import account from '../account/texts/fr.js';
import images from '../images/texts/fr.js';
import jobs from '../jobs/texts/fr.js';
import keys from '../keys/texts/fr.js';
import log from '../log/texts/fr.js';
import members from '../members/texts/fr.js';
import queue from '../queue/texts/fr.js';
import review from '../review/texts/fr.js';
import rules from '../rules/texts/fr.js';
import shell from '../shell/texts/fr.js';
import signIn from '../sign-in/texts/fr.js';
import sites from '../sites/texts/fr.js';
import statistics from '../statistics/texts/fr.js';
import common from '../texts/fr.js';
import ui from '../ui/texts/fr.js';
import webhooks from '../webhooks/texts/fr.js';
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
