import common from '../texts/ar.js';
import ui from '../ui/texts/ar.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common, ...ui };

export default texts;
