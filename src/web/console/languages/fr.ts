import queue from '../queue/texts/fr.js';
import common from '../texts/fr.js';
import ui from '../ui/texts/fr.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common, ...ui, ...queue };

export default texts;
