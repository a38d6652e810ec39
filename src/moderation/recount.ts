import type { Reason } from '../core/reasons.js';
import { EMPTY_TALLY, reasonSet, reporters, type Tally, tallyKey } from '../core/tally.js';
import { leastReporters, severeReporters } from '../core/threshold.js';
import { type Recount, recountVotes, type VoteGroup } from '../database/statements/recount-votes.js';
import type { Tx } from '../database/tx.js';
import { networkName } from './admit-ballots.js';
import type { LoadedImage } from './load-states.js';

const HOUR = 3_600_000;

/** From when on a vote still counts for this image. */
export const windowStart = ({ rule, now }: Pick<LoadedImage, 'rule' | 'now'>): number =>
  now - rule.rule.windowHours * HOUR;

/**
 * Images that may cross: their tally, a cache of the whole round, reaches the least that the rule asks for. Only these
 * are recounted for the window.
 */
export function mayCross({ state, rule }: LoadedImage, tally: Tally): boolean {
  const stands = state.blocks.some(({ source }) => source === 'threshold' || source === 'moderator');
  // The severe reason needs but one or two, so its votes are always looked at anew.
  // After a keep a case opens again at K, so that is where counting begins, not where the image would be blocked.
  const least = state.keptAt === null && severeReporters(tally) > 0 ? 1 : leastReporters(rule.rule, 1);
  return !stands && !state.protected && rule.rule.autoBlock && reporters(tally) >= least;
}

/**
 * The tallies of these images for the rule's window, with the networks that the votes come from, counted from the votes as
 * they now stand.
 */
export async function recount(tx: Tx, images: readonly LoadedImage[]): Promise<Map<string, Tally>> {
  if (images.length === 0) return new Map();
  const rows = await recountVotes(
    tx,
    images.map((image): Recount => {
      const { siteId, id, round } = image.row;
      return { siteId, imageId: id, round, since: new Date(windowStart(image)) };
    }),
  );
  const empty = images.map(({ row }): [string, Tally] => [row.id, EMPTY_TALLY]);
  return new Map([...empty, ...talliesOf(rows)]);
}

/** Tallies with networks from counted rows, by image; an image without votes has none. */
export function talliesOf(rows: readonly VoteGroup[]): Map<string, Tally> {
  const tallies = new Map<string, Record<string, number>>();
  for (const { imageId, reasons, narrow, wide, votes } of rows) {
    const tally = tallies.get(imageId) ?? {};
    const networks =
      narrow === null || wide === null ? null : { narrow: networkName(narrow), wide: networkName(wide) };
    const key = tallyKey(reasonSet(reasons.split('+') as Reason[]), networks);
    tally[key] = (tally[key] ?? 0) + votes;
    tallies.set(imageId, tally);
  }
  return tallies;
}
