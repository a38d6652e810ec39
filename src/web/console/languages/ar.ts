import jobs from '../jobs/texts/ar.js';
import statistics from '../statistics/texts/ar.js';
import common from '../texts/ar.js';
import type { Texts } from './en.js';

const texts: Texts = { ...common, ...statistics, ...jobs };

export default texts;
