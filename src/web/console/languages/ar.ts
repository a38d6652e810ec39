import images from '../images/texts/ar.js';
import queue from '../queue/texts/ar.js';
import review from '../review/texts/ar.js';
import shell from '../shell/texts/ar.js';
import signIn from '../sign-in/texts/ar.js';
import common from '../texts/ar.js';
import ui from '../ui/texts/ar.js';
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
