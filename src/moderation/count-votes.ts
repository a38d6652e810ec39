import { createHash } from 'node:crypto';
import type { LeftOutChange } from '../core/left-out.js';
import { SEVERE_REASON } from '../core/reasons.js';
import { reasonSet, type ReasonSet, type VoteChange } from '../core/tally.js';
import {
  insertFirstVotes,
  insertVotes,
  loadVotes,
  type NewVote,
  type StandingVote,
  updateVotes,
  type VoteKey,
} from '../database/statements/cast-votes.js';
import { insertReportNotes, type ReportNote } from '../database/statements/insert-report-notes.js';
import { type LinkedVote, updateLinkedVotes } from '../database/statements/link-devices.js';
import type { ImageRow } from '../database/statements/lock-images.js';
import type { Tx } from '../database/tx.js';
import type { VoterNetworks } from '../database/voter-networks.js';
import { admitBallots, findPlaces } from './admit-ballots.js';
import type { ImageCommand, ReportImage } from './image-command.js';
import { type DeviceAccounts, linkDevices, voterOf } from './link-devices.js';
import type { LockedImages } from './load-states.js';
import { windowStart } from './recount.js';

/** A report whose image is known and locked. */
export interface LocatedReport {
  readonly report: ReportImage;
  readonly row: ImageRow;
}

/** The reports among the commands whose images are these. */
export function locateReports(
  commands: readonly ImageCommand[],
  imageIds: readonly (string | null)[],
  rows: readonly ImageRow[],
): LocatedReport[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return commands.flatMap((command, index): LocatedReport[] => {
    const row = byId.get(imageIds[index] ?? '');
    return command.type === 'report' && row !== undefined && isOfRound(command, row)
      ? [{ report: command, row }]
      : [];
  });
}

/** What another system recorded before the last keep was part of what was decided then. */
const isOfRound = ({ castAt }: ReportImage, { keptAt }: ImageRow): boolean =>
  castAt === undefined || keptAt === null || castAt > keptAt;

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

/** One reporter's reports on one image within a batch: one vote. */
interface Ballot {
  vote: NewVote;
  readonly reports: readonly ReportImage[];
  readonly devices: readonly Buffer[];
  /** The votes that these devices had of their own, where they stand. */
  ofDevices: readonly StandingVote[];
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
  const { ballots, voters } = collect(located, linked);
  const all = [...ballots.values()];
  const [placed] = await Promise.all([
    findPlaces(tx, all, isMade, rules),
    findVotesOfDevices(
      tx,
      all.filter(({ vote }) => !isMade(vote.imageId)),
    ),
  ]);
  // Who takes the place of their device's vote needs no other.
  admitBallots(
    placed.filter(({ ballot }) => !ballot.ofDevices.some(isCounted)),
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
  if (joining.length > 0) changes.push(...joinVotes(tx, joining, standing));
  const notes = all.flatMap(notesOf);
  if (notes.length > 0) insertReportNotes(tx, notes, now);
  return { changes, recorded, voters };
}

const NOT_LEFT_OUT: LeftOutChange = { from: null, to: null };
const isCounted = ({ leftOut }: StandingVote): boolean => leftOut === null;

/**
 * Looks for the votes that the devices of accounts have of their own. A new vote of the account begins with what they
 * say, when they said it; where one of them counts, in its place.
 */
async function findVotesOfDevices(tx: Tx, ballots: readonly Ballot[]): Promise<void> {
  const withDevice = ballots.filter(({ devices }) => devices.length > 0);
  if (withDevice.length === 0) return;
  const keys = withDevice.flatMap(({ vote, devices }) =>
    devices.map((device) => ({ ...vote, reporter: device })),
  );
  const rows = await loadVotes(tx, keys);
  for (const ballot of withDevice) {
    const { vote, devices } = ballot;
    ballot.ofDevices = rows.filter(
      ({ imageId, reporter, withdrawnAt, leftOut }) =>
        imageId === vote.imageId &&
        devices.some((device) => device.equals(reporter)) &&
        withdrawnAt === null &&
        leftOut !== 'linked',
    );
    if (ballot.ofDevices.length === 0) continue;
    const place = ballot.ofDevices.find(isCounted);
    ballot.vote = {
      ...vote,
      reasons: reasonSet([...vote.reasons, ...ballot.ofDevices.flatMap(({ reasons }) => reasons)]),
      at: new Date(Math.min(...ballot.ofDevices.map(({ at }) => at.getTime()))),
      networks: vote.networks === null || place === undefined ? vote.networks : place.networks,
    };
  }
}

/**
 * The votes of devices become their accounts': these count, and those are left out. Neither withdraws anything nor
 * unblocks (docs/rules.md, rule 8).
 */
function joinVotes(
  tx: Tx,
  ballots: readonly Ballot[],
  standing: ReadonlyMap<string, StandingVote>,
): ChangedVote[] {
  const linked: LinkedVote[] = [];
  const changes: ChangedVote[] = [];
  for (const { vote, ofDevices } of ballots) {
    const before = standing.get(ballotKey(vote.imageId, vote.reporter));
    const place = before === undefined || before.leftOut === null ? undefined : ofDevices.find(isCounted);
    for (const own of ofDevices) {
      const { siteId, imageId, round, reporter, networks, reasons, leftOut } = own;
      linked.push({ siteId, imageId, round, reporter, account: vote.reporter, givesPlace: own === place });
      changes.push({
        from: leftOut === null ? reasons : null,
        to: null,
        leftOut: { from: leftOut, to: 'linked' },
        severeUncounted: false,
        castAt: own.at.getTime(),
        devices: NO_DEVICES,
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

function collect(
  located: readonly LocatedReport[],
  accounts: DeviceAccounts,
): { ballots: Map<string, Ballot>; voters: Map<ReportImage, Buffer> } {
  const ballots = new Map<string, Ballot>();
  const voters = new Map<ReportImage, Buffer>();
  for (const { report, row } of located) {
    const voter = voterOf(report, accounts);
    if (voter !== report.reporter) voters.set(report, voter.hash);
    const key = ballotKey(row.id, voter.hash);
    const ballot = ballots.get(key);
    if (ballot === undefined) {
      ballots.set(key, {
        reports: [report],
        devices: voter.device === null ? NO_DEVICES : [voter.device],
        ofDevices: NO_VOTES,
        vote: {
          siteId: row.siteId,
          imageId: row.id,
          round: row.round,
          reporter: voter.hash,
          reporterKind: voter.kind,
          reasons: [report.reason],
          networks: voter.networks,
          leftOut: null,
          ...(report.castAt === undefined ? {} : { at: report.castAt }),
        },
      });
    } else ballots.set(key, joined(ballot, report, voter));
  }
  return { ballots, voters };
}

const NO_DEVICES: readonly Buffer[] = [];
const NO_VOTES: readonly StandingVote[] = [];

/** One more report of the same voter. What vouches for one of them, vouches for the vote: then it is not capped. */
function joined(ballot: Ballot, report: ReportImage, voter: ReportImage['reporter']): Ballot {
  const { vote, reports, devices } = ballot;
  const isNewDevice = voter.device !== null && !devices.some((device) => voter.device?.equals(device));
  return {
    ...ballot,
    reports: [...reports, report],
    devices: voter.device !== null && isNewDevice ? [...devices, voter.device] : devices,
    vote: {
      ...withTimeOf(vote, report),
      reasons: reasonSet([...vote.reasons, report.reason]),
      networks: voter.networks === null ? null : vote.networks,
    },
  };
}

/** One vote is as old as the first report that is part of it. */
const withTimeOf = (vote: NewVote, { castAt }: ReportImage): NewVote =>
  castAt === undefined || (vote.at !== undefined && vote.at <= castAt) ? vote : { ...vote, at: castAt };

const ballotKey = (imageId: string, reporter: Buffer): string => `${imageId} ${reporter.toString('latin1')}`;

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
    const place = ofDevices.find(isCounted);
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

function notesOf({ vote, reports }: Ballot): ReportNote[] {
  const notes = new Map<string, ReportNote>();
  for (const { reason, comment, page, claimedUrl, castAt } of reports) {
    if (comment === null && page === null && claimedUrl === null) continue;
    const note = { reason, comment, pageUrl: page?.url ?? null, pageTitle: page?.title ?? null, claimedUrl };
    const digest = createHash('sha256').update(JSON.stringify(note)).digest().subarray(0, 16);
    const { siteId, imageId, round, reporter } = vote;
    const at = castAt === undefined ? {} : { at: castAt };
    notes.set(digest.toString('latin1'), { digest, siteId, imageId, round, reporter, ...note, ...at });
  }
  return [...notes.values()];
}
