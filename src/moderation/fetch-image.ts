import { getDomain } from 'tldts';
import type { NewJob } from '../jobs/stage.js';

/** The kind of the jobs that look at an address, again and again. */
export const FETCH_IMAGE = 'fetch-image';

/** Characters of a name that a lane's own name has room for: it has 200, and a name server knows names of 253. */
const OF_NAME = 190;

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
 * The job that looks at the bytes behind an address. Those on hosts of one owner share a lane, so that slow ones keep nobody else
 * waiting. With a lane for each host there were as many as readers name, any below a name that a site vouches for; and what is
 * taken next is looked for in all lanes in which something waits, for all sites (docs/adr/0010-jobs-are-claimed-in-postgres.md).
 *
 * @param url canonical
 */
export const fetchImage = (
  siteId: string,
  { hash, url }: { readonly hash: Buffer; readonly url: string },
): NewJob<FetchedAddress> => ({
  kind: FETCH_IMAGE,
  lane: `fetch ${ownerOf(new URL(url).hostname).slice(-OF_NAME)}`,
  payload: { site: siteId, hash: hash.toString('hex'), url },
});

/**
 * The name that somebody registered, by the Public Suffix List, its private part too; of what nobody registers, all of it. Also of
 * a host that no name server would know: whoever makes names up makes those, too.
 */
const ownerOf = (hostname: string): string =>
  getDomain(hostname, { allowPrivateDomains: true, validateHostname: false }) ?? hostname;
