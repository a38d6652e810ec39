import { SEVERE_REASON } from '../core/reasons.js';
import { awaitsDecision } from '../core/image-state.js';
import type { Tx } from '../database/tx.js';
import type { LocatedReport } from './ballots.js';
import type { ChangedVote } from './changed-vote.js';
import { stageLooks } from './stage-looks.js';
import type { WorkingImage } from './working-image.js';

/**
 * Has the bytes looked at of images that are reported for the first time, or for which a case opens anew: their watch may
 * have ended since. Never of one that is called severe (docs/rules.md, rule 6), nor of one of which there is nothing but what
 * another system recorded before the window: years of that may come at once, and a case opens once somebody reports it today. For
 * images that are made here, which nearly all are, it asks nothing.
 *
 * @param changes the votes that these reports came to
 */
export async function stageFetches(
  tx: Tx,
  working: ReadonlyMap<string, WorkingImage>,
  reports: readonly LocatedReport[],
  changes: readonly ChangedVote[],
): Promise<void> {
  const severe = new Set(
    reports.flatMap(({ report, row }) => (report.reason === SEVERE_REASON ? row.id : [])),
  );
  const recent = new Set(changes.flatMap(({ imageId, opens }) => (opens === true ? imageId : [])));
  const reported = [...new Set(reports.map(({ row }) => row.id))].flatMap((id) => working.get(id) ?? []);
  await stageLooks(
    tx,
    reported.filter(
      (image) =>
        !severe.has(image.loaded.row.id) &&
        (isNew(image) ? recent.has(image.loaded.row.id) : isOpened(image)),
    ),
  );
}

const isNew = ({ loaded: { made } }: WorkingImage): boolean => made !== null;

function isOpened({ state: { case: moderationCase } }: WorkingImage): boolean {
  return awaitsDecision(moderationCase) && moderationCase.id === null && !moderationCase.severe;
}
