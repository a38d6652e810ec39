import { SEVERE_REASON } from '../core/reasons.js';
import { awaitsDecision } from '../core/image-state.js';
import { loadFirstAddresses } from '../database/statements/image-addresses.js';
import type { Tx } from '../database/tx.js';
import { type NewJob, stage } from '../jobs/stage.js';
import type { LocatedReport } from './ballots.js';
import { fetchImage } from './fetch-image.js';
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
  const jobs: NewJob[] = [];
  const opened: WorkingImage[] = [];
  for (const id of new Set(reports.map(({ row }) => row.id))) {
    const image = working.get(id);
    if (image === undefined || severe.has(id)) continue;
    const { made, row } = image.loaded;
    const { case: moderationCase } = image.state;
    if (made?.keyKind === 'url') {
      jobs.push(fetchImage(row.siteId, { hash: made.hash, url: made.shown ?? made.key }));
      image.fetched = true;
    } else if (
      made === null &&
      awaitsDecision(moderationCase) &&
      moderationCase.id === null &&
      !moderationCase.severe
    ) {
      opened.push(image);
      image.fetched = true;
    }
  }
  if (opened.length > 0) {
    const images = opened.map(({ loaded: { row } }) => ({ siteId: row.siteId, imageId: row.id }));
    for (const { siteId, hash, url } of await loadFirstAddresses(tx, images))
      jobs.push(fetchImage(siteId, { hash, url }));
  }
  stage(tx, jobs);
}
