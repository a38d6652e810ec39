import images from '../images/texts/en.js';
import queue from '../queue/texts/en.js';
import review from '../review/texts/en.js';
import shell from '../shell/texts/en.js';
import signIn from '../sign-in/texts/en.js';
import common from '../texts/en.js';
import ui from '../ui/texts/en.js';

const texts = {
  ...common,
  ...shell,
  ...signIn,
  ...ui,
  ...review,
  ...queue,
  ...images,
};

/** What the console says until the first case is reviewed; the other languages have the same. The rest: parts.ts. */
export type Texts = Readonly<Record<keyof typeof texts, string>>;

export default texts;
