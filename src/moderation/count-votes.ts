import { createHash } from 'node:crypto';
import type { Reason } from '../core/reasons.js';
import { EMPTY_TALLY, reasonSet, type ReasonSet, type Tally, type VoteChange } from '../core/tally.js';
import { leastReporters, severeReporters } from '../core/threshold.js';
import { reporters } from '../core/tally.js';
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
import { type Recount, recountVotes } from '../database/statements/recount-votes.js';
import type { ImageRow } from '../database/statements/lock-images.js';
import type { Tx } from '../database/tx.js';
import type { ImageCommand, ReportImage } from './image-command.js';
import type { LoadedImage, LockedImages } from './load-states.js';

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

/** What a vote became. */
export interface CountedVote extends VoteKey, VoteChange {
  readonly imageId: string;
  /** When it was cast, in ms. */
  readonly castAt: number;
}

/** One reporter's reports on one image within a batch: one vote. */
interface Ballot {
  vote: NewVote;
  readonly reports: ReportImage[];
  reasons: ReasonSet;
}

/**
 * Turns reports into votes: one per reporter, image and round (invariant 2), whatever arrives at once.
 *
 * @param isMade whether this transaction makes an image: then there can be no votes on it yet, and nothing is asked
 * @returns the votes that changed, and the reports that were the first of their reporter (`201`, not `200`)
 */
export async function countVotes(
  tx: Tx,
  located: readonly LocatedReport[],
  isMade: (imageId: string) => boolean,
  locked: Pick<LockedImages, 'rules' | 'now'>,
): Promise<{ changes: CountedVote[]; recorded: Set<ReportImage> }> {
  if (located.length === 0) return { changes: [], recorded: new Set() };
  const { now } = locked;
  const ballots = collect(located);
  const all = [...ballots.values()];
  const standing = await castVotes(tx, ballots, isMade, now);
  const changes: CountedVote[] = [];
  const recorded = new Set<ReportImage>();
  for (const [key, { vote, reports, reasons }] of ballots) {
    if (standing.has(key)) continue;
    const [first] = reports;
    if (first !== undefined) recorded.add(first);
    // What is new stands before what is copied: behind it, each object would cost 4 us more (Node 20).
    const castAt = Math.min(vote.at?.getTime() ?? Infinity, now.getTime());
    changes.push({ from: null, to: reasons, castAt, ...vote });
  }
  if (standing.size > 0) changes.push(...addToStanding(tx, ballots, standing, recorded, locked));
  const notes = all.flatMap(notesOf);
  if (notes.length > 0) insertReportNotes(tx, notes, now);
  return { changes, recorded };
}

/** Inserts the votes; returns those that stood already, by ballot. */
async function castVotes(
  tx: Tx,
  ballots: ReadonlyMap<string, Ballot>,
  isMade: (imageId: string) => boolean,
  now: Date,
): Promise<ReadonlyMap<string, StandingVote>> {
  const votes = [...ballots.values()].map(({ vote, reasons }) => ({ ...vote, reasons }));
  if (votes.every(({ imageId }) => isMade(imageId))) {
    insertFirstVotes(tx, votes, now);
    return new Map();
  }
  // Nearly always all are new, and then there is nothing to read.
  if ((await insertVotes(tx, votes, now)) === votes.length) return new Map();
  const rows = (await loadVotes(tx, votes)).filter(({ castHere }) => !castHere);
  return new Map(rows.map((row) => [ballotKey(row.imageId, row.reporter), row]));
}

function collect(located: readonly LocatedReport[]): Map<string, Ballot> {
  const ballots = new Map<string, Ballot>();
  for (const { report, row } of located) {
    const key = ballotKey(row.id, report.reporter.hash);
    const ballot = ballots.get(key);
    if (ballot === undefined) {
      const reasons: ReasonSet = [report.reason];
      ballots.set(key, {
        reasons,
        reports: [report],
        vote: {
          siteId: row.siteId,
          imageId: row.id,
          round: row.round,
          reporter: report.reporter.hash,
          reporterKind: report.reporter.kind,
          reasons,
          ...(report.castAt === undefined ? {} : { at: report.castAt }),
        },
      });
    } else {
      ballot.reports.push(report);
      ballot.vote = withTimeOf(ballot.vote, report);
      ballot.reasons = reasonSet([...ballot.reasons, report.reason]);
    }
  }
  return ballots;
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
): CountedVote[] {
  const changes: CountedVote[] = [];
  for (const [key, { vote, reports }] of ballots) {
    const before = standing.get(key);
    if (before === undefined) continue;
    const rule = rules.get(vote.siteId);
    if (rule === undefined) throw new Error(`site ${vote.siteId} has no threshold rule`);
    const start = windowStart({ rule, now: now.getTime() });
    const heard = reports.filter((report) => hasSay(report, before, start));
    const [first] = heard;
    if (first === undefined) continue;
    const again = before.withdrawnAt !== null;
    const said = heard.map(({ reason }) => reason);
    const to = reasonSet(again ? said : [...before.reasons, ...said]);
    if (!again && to.length === before.reasons.length) continue;
    if (again) recorded.add(first);
    changes.push({
      ...vote,
      from: again ? null : reasonSet(before.reasons),
      to,
      castAt: again ? now.getTime() : before.at.getTime(),
    });
  }
  const updates = changes.flatMap((change) =>
    change.to === null ? [] : [{ ...change, reasons: change.to }],
  );
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

/** The tallies of these images for the rule's window, counted from the votes as they now stand. */
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

/** Tallies from counted rows, by image; an image without votes has none. */
export function talliesOf(
  rows: readonly { imageId: string; reasons: string; votes: number }[],
): Map<string, Tally> {
  const tallies = new Map<string, Record<string, number>>();
  for (const { imageId, reasons, votes } of rows) {
    const tally = tallies.get(imageId) ?? {};
    const key = reasonSet(reasons.split('+') as Reason[]).join('+');
    tally[key] = (tally[key] ?? 0) + votes;
    tallies.set(imageId, tally);
  }
  return tallies;
}
