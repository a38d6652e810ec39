import type { LeftOutChange } from '../core/left-out.js';
import { SEVERE_REASON } from '../core/reasons.js';
import {
  insertFirstVotes,
  insertVotes,
  loadVotes,
  type StandingVote,
} from '../database/statements/votes/cast-votes.js';
import { insertReportNotes } from '../database/statements/votes/insert-report-notes.js';
import type { Tx } from '../database/tx.js';
import { addToStanding } from './add-to-standing.js';
import { admitBallots, findPlaces } from './admit-ballots.js';
import { type Ballot, ballotKey, collectBallots, type LocatedReport, notesOf } from './ballots.js';
import type { ChangedVote } from './changed-vote.js';
import { findDeviceVotes, joinDeviceVotes } from './device-votes.js';
import type { ReportImage } from './image-command.js';
import { type DeviceAccounts, linkDevices } from './link-devices.js';
import type { LockedImages } from './load-states.js';
import { ReporterBudgets, standingOfContested } from './reporter-budgets.js';
import type { ReporterRecords } from './reporter-records.js';

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
 * @param known whose the devices are that report, and what is known of reporters
 */
export async function countVotes(
  tx: Tx,
  located: readonly LocatedReport[],
  isMade: (imageId: string) => boolean,
  { accounts, records }: { readonly accounts: DeviceAccounts; readonly records: ReporterRecords },
  locked: Pick<LockedImages, 'rules' | 'now'>,
): Promise<CountedVotes> {
  if (located.length === 0) return { changes: [], recorded: new Set(), voters: new Map() };
  const { rules, now } = locked;
  const linked = linkDevices(
    tx,
    located.map(({ report }) => report),
    accounts,
  );
  const { ballots, voters } = collectBallots(located, linked, records);
  const all = [...ballots.values()];
  const budgets = new ReporterBudgets(records, rules);
  const [placed, contested] = await Promise.all([
    findPlaces(tx, all, isMade, rules),
    standingOfContested(tx, all, budgets, isMade),
    findDeviceVotes(
      tx,
      all.filter(({ vote }) => !isMade(vote.imageId)),
    ),
  ]);
  admitBallots(all, { placed, budgets, standing: contested, rules, now });
  const standing = await castVotes(tx, all, isMade, now);
  const changes: ChangedVote[] = [];
  const recorded = new Set<ReportImage>();
  for (const [key, { vote, reports, devices, ofDevices, muted }] of ballots) {
    if (standing.has(key)) continue;
    const [first] = reports;
    if (first !== undefined && ofDevices.length === 0) recorded.add(first);
    const { siteId, imageId, round, reporter, networks, reasons, leftOut: cause, at, archived } = vote;
    changes.push({
      from: null,
      to: cause === null ? reasons : null,
      leftOut: cause === null ? NOT_LEFT_OUT : { from: null, to: cause },
      severeUncounted: cause !== null && !muted && reasons.includes(SEVERE_REASON),
      isOld: archived === true,
      opens: archived !== true,
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
