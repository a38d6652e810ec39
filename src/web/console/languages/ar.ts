import queue from '../queue/texts/ar.js';
import common from '../texts/ar.js';
import ui from '../ui/texts/ar.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common, ...ui, ...queue };

export default texts;
