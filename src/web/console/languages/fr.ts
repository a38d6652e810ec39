import jobs from '../jobs/texts/fr.js';
import statistics from '../statistics/texts/fr.js';
import common from '../texts/fr.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common, ...statistics, ...jobs };

export default texts;
