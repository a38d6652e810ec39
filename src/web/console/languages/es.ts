import common from '../texts/es.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common };

export default texts;
