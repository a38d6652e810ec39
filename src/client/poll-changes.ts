import { VigieClientError } from './client-error.js';
import { type ImageChange, isObject, readChange } from './image-change.js';
import type { ServiceDoor } from './service-door.js';

/** Changes in an answer, at most. */
const LIMIT = 1000;
/** Ms for the answer itself, beyond the time for which it may be held back. */
const GRACE = 10_000;

export interface ChangesPage {
  readonly changes: readonly ImageChange[];
  readonly cursor: string;
  readonly more: boolean;
  readonly asOf: string | null;
  /** What the service's clock said, in ms; null when it sent no `Date`. */
  readonly servedAt: number | null;
}

/**
 * The changes after `cursor`; with `wait`, in seconds, held back until there are some.
 *
 * @throws VigieClientError; REFUSED with status 410 when the cursor is not good any more
 */
export function pollChanges(
  door: ServiceDoor,
  { cursor, wait }: { readonly cursor: string; readonly wait: number },
  signal: AbortSignal,
): Promise<ChangesPage> {
  const query = new URLSearchParams({ cursor, limit: String(LIMIT), wait: String(wait) });
  const waiting = { signal, patience: wait * 1000 + GRACE };
  return door.get(
    `/v1/changes?${query.toString()}`,
    { accept: 'application/json' },
    waiting,
    async (response) => {
      const body: unknown = await response.json();
      if (!isObject(body) || !Array.isArray(body['changes']) || typeof body['cursor'] !== 'string') {
        throw new VigieClientError('PROTOCOL', 'The answer to /v1/changes can not be read.');
      }
      const served = Date.parse(response.headers.get('date') ?? '');
      return {
        changes: body['changes'].map(change),
        cursor: body['cursor'],
        more: body['more'] === true,
        asOf: typeof body['asOf'] === 'string' ? body['asOf'] : null,
        servedAt: Number.isNaN(served) ? null : served,
      };
    },
  );
}

/** @throws VigieClientError PROTOCOL */
export function change(value: unknown): ImageChange {
  const read = readChange(value);
  if (read === null)
    throw new VigieClientError('PROTOCOL', 'A change that the service sent can not be read.');
  return read;
}
