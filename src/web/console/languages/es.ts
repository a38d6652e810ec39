import common from '../texts/es.js';
import ui from '../ui/texts/es.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common, ...ui };

export default texts;
