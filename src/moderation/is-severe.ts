import { awaitsDecision, type ImageState } from '../core/image-state.js';
import { SEVERE_REASON } from '../core/reasons.js';
import { severeReporters } from '../core/threshold.js';

/** Is it called severe, as far as its state tells? Votes that are left out are not in it. */
export const isSevere = ({ blocks, case: moderationCase, tally }: ImageState): boolean =>
  blocks.some(({ reason }) => reason === SEVERE_REASON) ||
  (awaitsDecision(moderationCase) && moderationCase.severe) ||
  severeReporters(tally) > 0;
