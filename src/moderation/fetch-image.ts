import type { NewJob } from '../jobs/stage.js';

/** What a job of this kind is told. `hash`: of the address, in hexadecimal; `announced`: the site said that its bytes change. */
export interface FetchImage {
  readonly site: string;
  readonly hash: string;
  readonly url: string;
  readonly announced?: true;
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
  announced = false,
): NewJob<FetchImage> => ({
  kind: 'fetch-image',
  lane: `fetch ${new URL(url).hostname}`,
  payload: { site: siteId, hash: hash.toString('hex'), url, ...(announced ? { announced } : {}) },
});
