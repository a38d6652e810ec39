import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_THRESHOLD_RULE, type ThresholdRule } from '../core/threshold-rule.js';

const PARTS = Object.keys(DEFAULT_THRESHOLD_RULE) as (keyof ThresholdRule)[];

/** The parts in which two rules differ, by name. */
export const changedParts = (before: ThresholdRule, after: ThresholdRule): (keyof ThresholdRule)[] =>
  PARTS.filter((part) => !isDeepStrictEqual(before[part], after[part]));
