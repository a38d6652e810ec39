import common from '../texts/ar.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common };

export default texts;
