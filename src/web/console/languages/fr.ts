import images from '../images/texts/fr.js';
import queue from '../queue/texts/fr.js';
import review from '../review/texts/fr.js';
import shell from '../shell/texts/fr.js';
import signIn from '../sign-in/texts/fr.js';
import common from '../texts/fr.js';
import ui from '../ui/texts/fr.js';
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
