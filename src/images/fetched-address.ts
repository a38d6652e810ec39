/** The kind of the jobs that look at an address, again and again. */
export const FETCH_IMAGE = 'fetch-image';

/** What such a job must know. Its lane is `fetch` and the host. */
export interface FetchedAddress {
  /** The site's database id. */
  readonly site: string;
  /** Hexadecimal, of the key that the site knows the address by. */
  readonly hash: string;
  /** As it was reported, canonical by the default rules: this is what is asked for. */
  readonly url: string;
  /** The site said that the bytes change. */
  readonly announced?: boolean;
}
