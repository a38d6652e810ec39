import images from '../images/texts/es.js';
import queue from '../queue/texts/es.js';
import review from '../review/texts/es.js';
import shell from '../shell/texts/es.js';
import signIn from '../sign-in/texts/es.js';
import common from '../texts/es.js';
import ui from '../ui/texts/es.js';
import type { Texts } from './en.js';

const texts: Texts = {
  ...common,
  ...shell,
  ...signIn,
  ...ui,
  ...review,
  ...queue,
  ...images,
};

export default texts;
