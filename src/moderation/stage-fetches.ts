import { SEVERE_REASON } from '../core/reasons.js';
import { awaitsDecision } from '../core/image-state.js';
import type { Tx } from '../database/tx.js';
import type { LocatedReport } from './ballots.js';
import { stageLooks } from './stage-looks.js';
import type { WorkingImage } from './working-image.js';

/**
 * Has the bytes looked at of images that are reported for the first time, or for which a case opens anew: their watch may
 * have ended since. Never of one that is called severe (docs/rules.md, rule 6). For images that are made here, which nearly
 * all are, it asks nothing.
 */
export async function stageFetches(
  tx: Tx,
  working: ReadonlyMap<string, WorkingImage>,
  reports: readonly LocatedReport[],
): Promise<void> {
  const severe = new Set(
    reports.flatMap(({ report, row }) => (report.reason === SEVERE_REASON ? row.id : [])),
  );
  const reported = [...new Set(reports.map(({ row }) => row.id))].flatMap((id) => working.get(id) ?? []);
  await stageLooks(
    tx,
    reported.filter((image) => !severe.has(image.loaded.row.id) && isNewOrOpened(image)),
  );
}

function isNewOrOpened({ loaded: { made }, state: { case: moderationCase } }: WorkingImage): boolean {
  if (made !== null) return made.keyKind === 'url';
  return awaitsDecision(moderationCase) && moderationCase.id === null && !moderationCase.severe;
}
