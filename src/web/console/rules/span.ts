import type { Sentence } from '../sentence.js';

/** A span of time as people say it: whole days where there are some. */
export const span = (hours: number): Sentence =>
  hours >= 48 && hours % 24 === 0
    ? { key: 'rules.days', values: { days: hours / 24 } }
    : { key: 'rules.hours', values: { hours } };
