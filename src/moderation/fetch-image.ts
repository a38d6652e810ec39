import type { NewJob } from '../jobs/stage.js';

/** The kind of the jobs that look at an address, again and again. */
export const FETCH_IMAGE = 'fetch-image';

/** A lane tells hosts apart by their last characters: a name server knows names of 253, and a lane's own name has 200. */
const OF_HOST = 190;

/** What such a job is told. */
export interface FetchedAddress {
  /** The site's database id. */
  readonly site: string;
  /** Hexadecimal, of the key that the site knows the address by. */
  readonly hash: string;
  /** As it was reported, canonical by the default rules: this is what is asked for. */
  readonly url: string;
  /** The site said that the bytes change: in jobs from before that was noted with the address (`announceBytes`). */
  readonly announced?: boolean;
}

/**
 * The job that looks at the bytes behind an address. Those of one host share a lane, so that a slow one keeps nobody else
 * waiting.
 *
 * @param url canonical
 */
export const fetchImage = (
  siteId: string,
  { hash, url }: { readonly hash: Buffer; readonly url: string },
): NewJob<FetchedAddress> => ({
  kind: FETCH_IMAGE,
  lane: `fetch ${new URL(url).hostname.slice(-OF_HOST)}`,
  payload: { site: siteId, hash: hash.toString('hex'), url },
});
