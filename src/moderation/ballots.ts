import { hash } from 'node:crypto';
import { reasonSet } from '../core/tally.js';
import type { NewVote, StandingVote } from '../database/statements/votes/cast-votes.js';
import type { ReportNote } from '../database/statements/votes/insert-report-notes.js';
import type { ImageRow } from '../database/statements/images/lock-images.js';
import type { ImageCommand, ReportImage } from './image-command.js';
import { type DeviceAccounts, voterOf } from './link-devices.js';
import type { ReporterRecords } from './reporter-records.js';

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

/**
 * What another system recorded before the last keep was part of what was decided then; before other bytes came, it was about
 * those from before.
 */
const isOfRound = ({ castAt }: ReportImage, { keptAt, contentChangedAt }: ImageRow): boolean =>
  castAt === undefined || [keptAt, contentChangedAt].every((ended) => ended === null || castAt > ended);

/** One reporter's reports on one image within a batch: one vote. */
export interface Ballot {
  vote: NewVote;
  /** The one that is not capped first, where some are; else as they came. */
  readonly reports: readonly ReportImage[];
  readonly devices: readonly Buffer[];
  /** New votes of this person do not count, nor do new reasons; nor is what they say urgent. */
  readonly muted: boolean;
  /** The votes that these devices had of their own, where they stand. */
  ofDevices: readonly StandingVote[];
}

/** The ballots of reports, by `ballotKey`, and whose vote a report is where that is not who reports. */
export function collectBallots(
  located: readonly LocatedReport[],
  accounts: DeviceAccounts,
  records: ReporterRecords,
): { ballots: Map<string, Ballot>; voters: Map<ReportImage, Buffer> } {
  const ballots = new Map<string, Ballot>();
  const voters = new Map<ReportImage, Buffer>();
  for (const { report, row } of located) {
    const voter = voterOf(report, accounts);
    if (voter !== report.reporter) voters.set(report, voter.hash);
    const key = ballotKey(row.id, voter.hash);
    const ballot = ballots.get(key);
    const muted = isMuted(row.siteId, voter, records);
    if (ballot === undefined) {
      ballots.set(key, {
        reports: [report],
        devices: voter.device === null ? NO_DEVICES : [voter.device],
        ofDevices: NO_VOTES,
        muted,
        vote: {
          siteId: row.siteId,
          imageId: row.id,
          round: row.round,
          reporter: voter.hash,
          reporterKind: voter.kind,
          reasons: [report.reason],
          networks: voter.networks,
          ageMinutes: voter.ageMinutes,
          leftOut: null,
          ...(report.castAt === undefined ? {} : { at: report.castAt }),
        },
      });
    } else ballots.set(key, { ...joined(ballot, report, voter), muted: ballot.muted || muted });
  }
  return { ballots, voters };
}

/** Who is muted is so with whatever device, and also as the account with which a muted device comes along. */
const isMuted = (
  siteId: string,
  { hash, device }: ReportImage['reporter'],
  records: ReporterRecords,
): boolean => records.of(siteId, hash).muted || (device !== null && records.of(siteId, device).muted);

const NO_DEVICES: readonly Buffer[] = [];
const NO_VOTES: readonly StandingVote[] = [];

/**
 * One more report of the same voter: it is part of the same vote. Where network caps hold for one of the reports and not for another, they do
 * not hold for the vote: a reader who reports with a device, and in the same moment as an account that the site verified, is not capped.
 *
 * The report that is not capped goes first, and is answered as the one that cast the vote. In the other order the capped one would have
 * cast it, might have been left out for its network, and the vote would have stayed left out.
 */
function joined(ballot: Ballot, report: ReportImage, voter: ReportImage['reporter']): Ballot {
  const { vote, reports, devices } = ballot;
  const isNewDevice = voter.device !== null && !devices.some((device) => voter.device?.equals(device));
  const goesFirst = voter.networks === null && vote.networks !== null;
  const { kind: reporterKind, ageMinutes } = voter;
  return {
    ...ballot,
    reports: goesFirst ? [report, ...reports] : [...reports, report],
    devices: voter.device !== null && isNewDevice ? [...devices, voter.device] : devices,
    vote: {
      ...withTimeOf(vote, report),
      ...(goesFirst ? { reporterKind, ageMinutes, networks: null } : {}),
      reasons: reasonSet([...vote.reasons, report.reason]),
    },
  };
}

/** One vote is as old as the first report that is part of it. */
const withTimeOf = (vote: NewVote, { castAt }: ReportImage): NewVote =>
  castAt === undefined || (vote.at !== undefined && vote.at <= castAt) ? vote : { ...vote, at: castAt };

/** Did another system record this before the window, which begins at `start` (in ms)? Undefined: it is said now. */
export const isRecordedBefore = (castAt: Date | undefined, start: number): boolean =>
  castAt !== undefined && castAt.getTime() <= start;

/** Did another system record all of it before then? */
export const isOfArchive = ({ reports, ofDevices }: Ballot, start: number): boolean =>
  ofDevices.length === 0 && reports.every(({ castAt }) => isRecordedBefore(castAt, start));

/** One reporter on one image. */
export const ballotKey = (imageId: string, reporter: Buffer): string =>
  `${imageId} ${reporter.toString('latin1')}`;

/** What was said beside the votes. */
export function notesOf({ vote, reports }: Ballot): ReportNote[] {
  const notes = new Map<string, ReportNote>();
  for (const { reason, comment, page, claimedUrl, castAt } of reports) {
    if (comment === null && page === null && claimedUrl === null) continue;
    const note = { reason, comment, pageUrl: page?.url ?? null, pageTitle: page?.title ?? null, claimedUrl };
    const digest = hash('sha256', JSON.stringify(note), 'buffer').subarray(0, 16);
    const { siteId, imageId, round, reporter } = vote;
    const at = castAt === undefined ? {} : { at: castAt };
    notes.set(digest.toString('latin1'), { digest, siteId, imageId, round, reporter, ...note, ...at });
  }
  return [...notes.values()];
}
