import { getSafely, type GetOptions, type GetResult } from '../outbound/get-safely.js';

/** What is known of an address from the look before: the host need not send again what has not changed. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** What was found at an address. */
export type Look =
  | ({ readonly found: 'bytes'; readonly bytes: Buffer } & Validators)
  | { readonly found: 'unchanged' }
  | { readonly found: 'nothing'; readonly problem: string };

/** Longer ones are somebody's game; without them the bytes are simply sent again. */
const LONGEST = { etag: 1_000, lastModified: 100 };

/**
 * Looks at what is at an address now. The types in `Accept` are those that can be looked at: a host that could send
 * something else should not; what came is told by its bytes alone, whatever name and type it goes by.
 *
 * @param publicUrl so that whoever reads the host's log knows whom to ask about us
 */
export async function lookAtAddress(
  url: string,
  known: Validators,
  publicUrl: string,
  options: GetOptions,
  signal: AbortSignal,
): Promise<Look> {
  const conditions = {
    ...(known.etag === null ? {} : { 'if-none-match': known.etag }),
    ...(known.lastModified === null ? {} : { 'if-modified-since': known.lastModified }),
  };
  const headers = {
    'user-agent': `Vigie-Images/1 (+${publicUrl})`,
    accept: 'image/avif,image/webp,image/jpeg,image/png,image/gif',
    ...conditions,
  };
  return lookOf(
    await getSafely({ url, headers, signal }, options),
    Object.keys(conditions).length > 0,
    options,
  );
}

function lookOf(result: GetResult, asked: boolean, { maxBytes }: GetOptions): Look {
  if (result.status === null) return nothing(result.failure);
  if (result.status === 'too-large') return nothing(`It has more than ${maxBytes} bytes.`);
  const { status, headers, body } = result;
  if (status === 304 && asked) return { found: 'unchanged' };
  if (status !== 200) return nothing(`The host answered ${status}.`);
  if (body.length === 0) return nothing('The host sent nothing.');
  return {
    found: 'bytes',
    bytes: body,
    etag: kept(headers.etag, LONGEST.etag),
    lastModified: kept(headers['last-modified'], LONGEST.lastModified),
  };
}

const nothing = (problem: string): Look => ({ found: 'nothing', problem });

/** Only what can be stored and sent back as it is. */
const kept = (header: string | undefined, longest: number): string | null =>
  header !== undefined && header.length <= longest && /^[\x20-\x7e]+$/.test(header) ? header : null;
