import jobs from '../jobs/texts/es.js';
import statistics from '../statistics/texts/es.js';
import common from '../texts/es.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common, ...statistics, ...jobs };

export default texts;
