import { SEVERE_REASON } from '../core/reasons.js';
import { reasonSet } from '../core/tally.js';
import { type StandingVote, updateVotes, type VoteKey } from '../database/statements/votes/cast-votes.js';
import type { Tx } from '../database/tx.js';
import { windowStartOf } from './admit-ballots.js';
import { type Ballot, isRecordedBefore } from './ballots.js';
import type { ChangedVote } from './changed-vote.js';
import { placeOf } from './device-votes.js';
import type { ReportImage } from './image-command.js';
import type { LockedImages } from './load-states.js';

/** A second reason is added to the vote; a withdrawn vote that is cast again is the same vote, with what it says now. */
export function addToStanding(
  tx: Tx,
  ballots: ReadonlyMap<string, Ballot>,
  standing: ReadonlyMap<string, StandingVote>,
  recorded: Set<ReportImage>,
  { rules, now }: Pick<LockedImages, 'rules' | 'now'>,
): ChangedVote[] {
  const updates: (VoteKey & Pick<StandingVote, 'reasons' | 'archived'>)[] = [];
  const changes: ChangedVote[] = [];
  for (const [key, ballot] of ballots) {
    const before = standing.get(key);
    if (before === undefined) continue;
    const { vote, reports, devices, ofDevices, muted } = ballot;
    const start = windowStartOf(vote, rules, now);
    const heard = reports.filter((report) => hasSay(report, before, start));
    const [first] = heard;
    if (first === undefined) continue;
    const again = before.withdrawnAt !== null;
    const isOld = heard.every(({ castAt }) => isRecordedBefore(castAt, start));
    const leavesArchive = before.archived === true && !isOld;
    const { reasons, leftOut: cause, networks } = saidNow(ballot, before, heard);
    const saysNothing = reasons.length === before.reasons.length && cause === before.leftOut;
    if (!again && !leavesArchive && saysNothing) continue;
    if (again && ofDevices.length === 0) recorded.add(first);
    const { siteId, imageId, round, reporter } = vote;
    updates.push({ siteId, imageId, round, reporter, reasons, archived: isOld ? before.archived : null });
    const stood = again ? null : before.reasons;
    changes.push({
      from: before.leftOut === null && stood !== null ? reasonSet(stood) : null,
      to: cause === null ? reasons : null,
      leftOut: { from: again ? null : before.leftOut, to: cause },
      severeUncounted:
        cause !== null &&
        !muted &&
        reasons.includes(SEVERE_REASON) &&
        stood?.includes(SEVERE_REASON) !== true,
      isOld,
      opens: leavesArchive,
      castAt: again ? now.getTime() : before.at.getTime(),
      devices,
      siteId,
      imageId,
      round,
      reporter,
      networks,
    });
  }
  if (updates.length > 0) updateVotes(tx, updates, now);
  return changes;
}

/** What a vote that stands says with reports that are heard, why it is left out, and in which networks it has its place. */
function saidNow(
  { ofDevices, muted }: Ballot,
  before: StandingVote,
  heard: readonly ReportImage[],
): Pick<StandingVote, 'reasons' | 'leftOut' | 'networks'> {
  // A vote that counts stays what it was before its reporter was muted, also when it is cast again.
  const stays = muted && before.leftOut === null;
  // Where the account's vote was left out and its device's counts, it takes that place: of who is muted, as it was.
  const place = placeOf(ofDevices);
  const asItWas = muted && before.leftOut !== null && place !== undefined;
  const own = stays || asItWas ? [] : heard.map(({ reason }) => reason);
  const said = [...own, ...ofDevices.flatMap(({ reasons }) => reasons)];
  const isSaidAnew = (before.withdrawnAt !== null && !stays) || asItWas;
  const leftOut = place === undefined ? before.leftOut : null;
  return {
    reasons: reasonSet(isSaidAnew ? said : [...before.reasons, ...said]),
    leftOut,
    networks: leftOut === before.leftOut ? before.networks : (place?.networks ?? null),
  };
}

/**
 * Whether a report may change a vote that is there already. What another system recorded comes too late when its reporter
 * has taken it back since, or when the vote counts today and the report is from before the window.
 */
const hasSay = ({ castAt }: ReportImage, { at, withdrawnAt }: StandingVote, start: number): boolean => {
  if (castAt === undefined) return true;
  const isOld = isRecordedBefore(castAt, start);
  // A withdrawn vote that is cast again is cast now.
  return withdrawnAt === null ? !isOld || at.getTime() <= start : !isOld && castAt > withdrawnAt;
};
