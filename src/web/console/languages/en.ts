import account from '../account/texts/en.js';
import images from '../images/texts/en.js';
import jobs from '../jobs/texts/en.js';
import keys from '../keys/texts/en.js';
import log from '../log/texts/en.js';
import members from '../members/texts/en.js';
import queue from '../queue/texts/en.js';
import review from '../review/texts/en.js';
import rules from '../rules/texts/en.js';
import shell from '../shell/texts/en.js';
import signIn from '../sign-in/texts/en.js';
import sites from '../sites/texts/en.js';
import statistics from '../statistics/texts/en.js';
import common from '../texts/en.js';
import ui from '../ui/texts/en.js';
import webhooks from '../webhooks/texts/en.js';

const texts = {
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

/** Every text of the console; the other languages have the same. Those of a page are in its folder, under `texts/`. */
export type Texts = Readonly<Record<keyof typeof texts, string>>;

export default texts;
