import type { ReportAnswer, SubmitReportBody } from '../../contract/reports.js';
import { readStored, store } from './storage.js';

/** What a reader is told of a report of theirs. */
export type Fate = 'waiting' | 'pending' | 'blockedByRule' | 'blockedByPerson' | 'kept' | 'withdrawn';

/** A report of this reader, sent or waiting to be sent. */
export interface OwnReport {
  /** The image's key in the page (`keyOf`). */
  readonly image: string;
  readonly fate: Fate;
  /** The fate that the reader was shown last. */
  readonly shown: Fate;
  /** When it was written or the service last asked for it, in milliseconds. */
  readonly at: number;
  /** Lets its reader follow and withdraw it, once it is sent. */
  readonly receipt?: ReportAnswer['receipt'];
  /** What is to be sent while it waits; who reports is told when it is sent. */
  readonly body?: Omit<SubmitReportBody, 'reporter'>;
  /** Before this time the service does not want to be asked again, in milliseconds. */
  readonly next?: number;
}

const NAME = 'reports';

/** The oldest go first; 200 are about 40 kB of the 5 MB that a site may store. */
const MOST = 200;

export function ownReports(): OwnReport[] {
  const stored = readStored<OwnReport[]>(NAME);
  return Array.isArray(stored) ? stored : [];
}

export const ownReport = (image: string): OwnReport | undefined =>
  ownReports().find((report) => report.image === image);

/** One an image: a new one takes the place of the one before. */
export const keepReport = (image: string, report?: OwnReport | false): void =>
  store(
    NAME,
    ownReports()
      .filter((other) => other.image !== image)
      .concat(report || [])
      .slice(-MOST),
  );
