import common from '../texts/fr.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common };

export default texts;
