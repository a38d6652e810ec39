import { reasonSet } from '../core/tally.js';
import { loadVotes, type StandingVote } from '../database/statements/votes/cast-votes.js';
import { type LinkedVote, updateLinkedVotes } from '../database/statements/readers/link-devices.js';
import type { Tx } from '../database/tx.js';
import { type Ballot, ballotKey } from './ballots.js';
import type { ChangedVote } from './changed-vote.js';

/** The vote of one of these devices that counts, if one does: its place is the account's. */
export const placeOf = (ofDevices: readonly StandingVote[]): StandingVote | undefined =>
  ofDevices.find(({ leftOut }) => leftOut === null);

/**
 * Looks for the votes that the devices of accounts have of their own. A new vote of the account begins with what they
 * say, when they said it; where one of them counts, in its place.
 */
export async function findDeviceVotes(tx: Tx, ballots: readonly Ballot[]): Promise<void> {
  const withDevice = ballots.filter(({ devices }) => devices.length > 0);
  if (withDevice.length === 0) return;
  const keys = withDevice.flatMap(({ vote, devices }) =>
    devices.map((device) => ({ ...vote, reporter: device })),
  );
  const standing = (await loadVotes(tx, keys)).filter(
    ({ withdrawnAt, leftOut }) => withdrawnAt === null && leftOut !== 'linked',
  );
  const left = new Map(standing.map((vote) => [ballotKey(vote.imageId, vote.reporter), vote]));
  for (const ballot of withDevice) {
    const { vote, devices } = ballot;
    // Each goes to one account only: where two name the same device at once, to the first.
    ballot.ofDevices = devices.flatMap((device) => {
      const key = ballotKey(vote.imageId, device);
      const own = left.get(key);
      left.delete(key);
      return own ?? [];
    });
    if (ballot.ofDevices.length === 0) continue;
    const place = placeOf(ballot.ofDevices);
    ballot.vote = {
      ...vote,
      // Whoever is muted takes their device's vote over as it was.
      reasons: reasonSet([
        ...(ballot.muted && place !== undefined ? [] : vote.reasons),
        ...ballot.ofDevices.flatMap(({ reasons }) => reasons),
      ]),
      at: new Date(Math.min(...ballot.ofDevices.map(({ at }) => at.getTime()))),
      networks: vote.networks === null || place === undefined ? vote.networks : place.networks,
    };
  }
}

/**
 * The votes of devices become their accounts': these count, and those are left out. Neither withdraws anything nor
 * unblocks (docs/rules.md, rule 8).
 */
export function joinDeviceVotes(
  tx: Tx,
  ballots: readonly Ballot[],
  standing: ReadonlyMap<string, StandingVote>,
): ChangedVote[] {
  const linked: LinkedVote[] = [];
  const changes: ChangedVote[] = [];
  for (const { vote, ofDevices } of ballots) {
    const before = standing.get(ballotKey(vote.imageId, vote.reporter));
    const place = before === undefined || before.leftOut === null ? undefined : placeOf(ofDevices);
    for (const own of ofDevices) {
      const { siteId, imageId, round, reporter, networks, reasons, leftOut } = own;
      linked.push({ siteId, imageId, round, reporter, account: vote.reporter, givesPlace: own === place });
      changes.push({
        from: leftOut === null ? reasons : null,
        to: null,
        leftOut: { from: leftOut, to: 'linked' },
        severeUncounted: false,
        castAt: own.at.getTime(),
        devices: [],
        siteId,
        imageId,
        round,
        reporter,
        networks,
      });
    }
  }
  updateLinkedVotes(tx, linked);
  return changes;
}
