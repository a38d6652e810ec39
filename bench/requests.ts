/** What is sent, and what the load process is told and tells. */

/** The state route is asked for so many blocked images in turn; their answers are of one length. */
export const BLOCKED_IMAGES = 100;

/** Images over which reports are spread. */
export const IMAGES = 100_000;

/** From one shelf of images to the next; none is of another use. */
export const SHELF = 10_000_000;

export const imageUrl = (number: number): string =>
  `https://cdn.example.ma/photos/2026/${String(number).padStart(6, '0')}.jpg`;

/** Blocked by their site, and never reported. */
export const blockedUrl = (number: number): string => imageUrl(IMAGES + number);

export const stateAddress = (number: number): string =>
  `/v1/images/state?url=${encodeURIComponent(blockedUrl(number))}`;

/** A question for the states of all of them at once. */
export const STATES_BODY = JSON.stringify({
  images: Array.from({ length: BLOCKED_IMAGES }, (_, number) => ({ url: blockedUrl(number) })),
});

/** A report of a reader who reports this once. */
export const reportBody = (url: string, reader: number): string =>
  `{"image":{"url":"${url}"},"reason":"violence","reporter":{"account":"reader-${reader}"}}`;

/** Which image a reader reports: any of them, the same in every run (Knuth's multiplicative hash). */
export const imageOf = (reader: number): number => (Math.imul(reader, 2_654_435_761) >>> 0) % IMAGES;

/** A site whose readers report as readers do (readers.ts); `id` is the database's. */
export interface SiteOfReaders {
  readonly id: string;
  /** The secret key. */
  readonly key: string;
}

/** What the load process is told to do. */
export interface LoadJob {
  readonly origin: string;
  readonly key: string;
  /** Each has one request under way at a time. */
  readonly connections: number;
  readonly milliseconds: number;
  /** Reports on one image (`hot`) or on all of them, or of another shelf of as many, by this reader and those numbered after it. */
  readonly ask:
    | { readonly states: true }
    | { readonly stateBatches: true }
    | { readonly reports: 'spread' | 'hot'; readonly firstReader: number; readonly shelf?: number }
    /** On images that are there with a single report (fill/pictures.ts), in so many groups. */
    | { readonly reports: { readonly groups: number }; readonly firstReader: number }
    /** The reports of all kinds of readers of this site, from this one on. */
    | { readonly reports: SiteOfReaders; readonly firstReader: number };
}

/** What came of it. */
export interface LoadResult {
  /** Answers within the time, and the time in ms. What was under way then was waited for, and is in `statuses`. */
  readonly answers: number;
  readonly milliseconds: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Connections that broke, and answers that did not come. */
  readonly failures: number;
  readonly readers: number;
  /** Latencies in ms. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of the load process itself per answer. */
  readonly cpu: number;
}
