import type { LeftOutChange } from '../core/left-out.js';
import { SEVERE_REASON } from '../core/reasons.js';
import { reasonSet, type ReasonSet, type VoteChange } from '../core/tally.js';
import {
  insertFirstVotes,
  insertVotes,
  loadVotes,
  type StandingVote,
  updateVotes,
  type VoteKey,
} from '../database/statements/cast-votes.js';
import { insertReportNotes } from '../database/statements/insert-report-notes.js';
import type { Tx } from '../database/tx.js';
import type { VoterNetworks } from '../database/voter-networks.js';
import { admitBallots, findPlaces } from './admit-ballots.js';
import { type Ballot, ballotKey, collectBallots, type LocatedReport, notesOf } from './ballots.js';
import { findDeviceVotes, joinDeviceVotes, placeOf } from './device-votes.js';
import type { ReportImage } from './image-command.js';
import { type DeviceAccounts, linkDevices } from './link-devices.js';
import type { LockedImages } from './load-states.js';
import { windowStart } from './recount.js';

/** What a vote became. `from` and `to`: with which reasons it was counted, and is. */
export interface ChangedVote extends VoteKey, VoteChange {
  readonly imageId: string;
  readonly networks: VoterNetworks | null;
  readonly leftOut: LeftOutChange;
  /** It newly gives the severe reason, and is not counted. */
  readonly severeUncounted: boolean;
  /** When it was cast, in ms. */
  readonly castAt: number;
  /** Devices of this account that reported with it: what they spent of a budget, the person has spent. */
  readonly devices: readonly Buffer[];
}

/** What the reports of a batch came to. */
export interface CountedVotes {
  readonly changes: readonly ChangedVote[];
  /** Reports that were the first of their reporter (`201`, not `200`). */
  readonly recorded: ReadonlySet<ReportImage>;
  /** Whose vote a report is, where that is not who reports: a device alone reports for its account. */
  readonly voters: ReadonlyMap<ReportImage, Buffer>;
}

/**
 * Turns reports into votes: one per reporter, image and round (invariant 2), whatever arrives at once.
 *
 * @param isMade whether this transaction makes an image: then there can be no votes on it yet, and nothing is asked
 * @param accounts whose the devices are that report
 */
export async function countVotes(
  tx: Tx,
  located: readonly LocatedReport[],
  isMade: (imageId: string) => boolean,
  accounts: DeviceAccounts,
  locked: Pick<LockedImages, 'rules' | 'now'>,
): Promise<CountedVotes> {
  if (located.length === 0) return { changes: [], recorded: new Set(), voters: new Map() };
  const { rules, now } = locked;
  const linked = linkDevices(
    tx,
    located.map(({ report }) => report),
    accounts,
  );
  const { ballots, voters } = collectBallots(located, linked);
  const all = [...ballots.values()];
  const [placed] = await Promise.all([
    findPlaces(tx, all, isMade, rules),
    findDeviceVotes(
      tx,
      all.filter(({ vote }) => !isMade(vote.imageId)),
    ),
  ]);
  // Who takes the place of their device's vote needs no other.
  admitBallots(
    placed.filter(({ ballot }) => placeOf(ballot.ofDevices) === undefined),
    rules,
  );
  const standing = await castVotes(tx, all, isMade, now);
  const changes: ChangedVote[] = [];
  const recorded = new Set<ReportImage>();
  for (const [key, { vote, reports, devices, ofDevices }] of ballots) {
    if (standing.has(key)) continue;
    const [first] = reports;
    if (first !== undefined && ofDevices.length === 0) recorded.add(first);
    const { siteId, imageId, round, reporter, networks, reasons, leftOut: cause, at } = vote;
    changes.push({
      from: null,
      to: cause === null ? reasons : null,
      leftOut: cause === null ? NOT_LEFT_OUT : { from: null, to: cause },
      severeUncounted: cause !== null && reasons.includes(SEVERE_REASON),
      castAt: Math.min(at?.getTime() ?? Infinity, now.getTime()),
      devices,
      siteId,
      imageId,
      round,
      reporter,
      networks,
    });
  }
  if (standing.size > 0) changes.push(...addToStanding(tx, ballots, standing, recorded, locked));
  const joining = all.filter(({ ofDevices }) => ofDevices.length > 0);
  if (joining.length > 0) changes.push(...joinDeviceVotes(tx, joining, standing));
  const notes = all.flatMap(notesOf);
  if (notes.length > 0) insertReportNotes(tx, notes, now);
  return { changes, recorded, voters };
}

const NOT_LEFT_OUT: LeftOutChange = { from: null, to: null };

/** Inserts the votes; returns those that stood already, by ballot. */
async function castVotes(
  tx: Tx,
  ballots: readonly Ballot[],
  isMade: (imageId: string) => boolean,
  now: Date,
): Promise<ReadonlyMap<string, StandingVote>> {
  const votes = ballots.map(({ vote }) => vote);
  if (votes.every(({ imageId }) => isMade(imageId))) {
    insertFirstVotes(tx, votes, now);
    return new Map();
  }
  // Nearly always all are new, and then there is nothing to read.
  if ((await insertVotes(tx, votes, now)) === votes.length) return new Map();
  const rows = (await loadVotes(tx, votes)).filter(({ castHere }) => !castHere);
  return new Map(rows.map((row) => [ballotKey(row.imageId, row.reporter), row]));
}

/** A second reason is added to the vote; a withdrawn vote that is cast again is the same vote, with what it says now. */
function addToStanding(
  tx: Tx,
  ballots: ReadonlyMap<string, Ballot>,
  standing: ReadonlyMap<string, StandingVote>,
  recorded: Set<ReportImage>,
  { rules, now }: Pick<LockedImages, 'rules' | 'now'>,
): ChangedVote[] {
  const updates: (VoteKey & { reasons: ReasonSet })[] = [];
  const changes: ChangedVote[] = [];
  for (const [key, { vote, reports, devices, ofDevices }] of ballots) {
    const before = standing.get(key);
    if (before === undefined) continue;
    const rule = rules.get(vote.siteId);
    if (rule === undefined) throw new Error(`site ${vote.siteId} has no threshold rule`);
    const start = windowStart({ rule, now: now.getTime() });
    const heard = reports.filter((report) => hasSay(report, before, start));
    const [first] = heard;
    if (first === undefined) continue;
    const again = before.withdrawnAt !== null;
    const said = [...heard.map(({ reason }) => reason), ...ofDevices.flatMap(({ reasons }) => reasons)];
    const reasons = reasonSet(again ? said : [...before.reasons, ...said]);
    // Where the account's vote was left out and its device's counts, it takes that place.
    const place = placeOf(ofDevices);
    const cause = place === undefined ? before.leftOut : null;
    if (!again && reasons.length === before.reasons.length && cause === before.leftOut) continue;
    if (again && ofDevices.length === 0) recorded.add(first);
    const { siteId, imageId, round, reporter } = vote;
    updates.push({ siteId, imageId, round, reporter, reasons });
    const stood = again ? null : before.reasons;
    changes.push({
      from: before.leftOut === null && stood !== null ? reasonSet(stood) : null,
      to: cause === null ? reasons : null,
      leftOut: { from: again ? null : before.leftOut, to: cause },
      severeUncounted:
        cause !== null && reasons.includes(SEVERE_REASON) && stood?.includes(SEVERE_REASON) !== true,
      castAt: again ? now.getTime() : before.at.getTime(),
      devices,
      siteId,
      imageId,
      round,
      reporter,
      networks: cause === before.leftOut ? before.networks : (place?.networks ?? null),
    });
  }
  if (updates.length > 0) updateVotes(tx, updates, now);
  return changes;
}

/**
 * Whether a report may change a vote that is there already. What another system recorded comes too late when its reporter
 * has taken it back since, or when the vote counts today and the report is from before the window.
 */
const hasSay = ({ castAt }: ReportImage, { at, withdrawnAt }: StandingVote, start: number): boolean => {
  if (castAt === undefined) return true;
  const isOld = castAt.getTime() <= start;
  // A withdrawn vote that is cast again is cast now.
  return withdrawnAt === null ? !isOld || at.getTime() <= start : !isOld && castAt > withdrawnAt;
};
