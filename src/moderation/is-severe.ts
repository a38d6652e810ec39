import { awaitsDecision, type ImageState } from '../core/image-state.js';
import { SEVERE_REASON } from '../core/reasons.js';
import { severeReporters } from '../core/threshold.js';
import { givenInRound } from '../database/statements/content/find-content.js';
import type { Tx } from '../database/tx.js';
import type { LoadedImage } from './load-states.js';

/** Is it called severe, as far as its state tells? Votes that are left out are not in it. */
export const isSevere = ({ blocks, case: moderationCase, tally }: ImageState): boolean =>
  blocks.some(({ reason }) => reason === SEVERE_REASON) ||
  (awaitsDecision(moderationCase) && moderationCase.severe) ||
  severeReporters(tally) > 0;

/** Is it called severe by anybody, votes that are left out or withdrawn included? */
export const isCalledSevere = async (tx: Tx, { row, state }: LoadedImage): Promise<boolean> =>
  isSevere(state) || (await givenInRound(tx, row, { reason: SEVERE_REASON, everybody: true }));

/** Does that make its case urgent? Not what is only said by who is muted (docs/rules.md, rules 6 and 17). */
export const isUrgent = (tx: Tx, { row }: LoadedImage): Promise<boolean> =>
  givenInRound(tx, row, { reason: SEVERE_REASON, everybody: false });
