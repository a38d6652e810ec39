import common from '../texts/fr.js';
import ui from '../ui/texts/fr.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common, ...ui };

export default texts;
