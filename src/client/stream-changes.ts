import { VigieClientError } from './client-error.js';
import type { ImageChange } from './image-change.js';
import { change } from './poll-changes.js';
import { readEvents } from './read-events.js';
import type { ServiceDoor, Waiting } from './service-door.js';
import { parse } from './take-snapshot.js';

/** What a stream says: a change or only a heartbeat, and the cursor up to which all was said. */
export interface Told {
  readonly change: ImageChange | null;
  readonly cursor: string | null;
  readonly asOf: string | null;
}

/**
 * Follows the stream after `cursor` and gives what it says to `hear`, until it ends.
 *
 * @throws VigieClientError when it breaks or falls silent; PROTOCOL when the answer is no stream
 */
export function streamChanges(
  door: ServiceDoor,
  cursor: string,
  waiting: Waiting,
  hear: (told: Told) => void,
): Promise<void> {
  const headers = { accept: 'text/event-stream', 'last-event-id': cursor };
  return door.get('/v1/changes/stream', headers, waiting, async (response, chunks) => {
    const type = response.headers.get('content-type') ?? 'none';
    if (!type.startsWith('text/event-stream')) {
      throw new VigieClientError('PROTOCOL', `The stream of changes has the content type ${type}.`);
    }
    for await (const { id, data, comment } of readEvents(chunks)) {
      hear({
        change: data === undefined || data === '' ? null : change(parse(data)),
        cursor: id === undefined || id === '' ? null : id,
        asOf: /\basOf (\S+)/.exec(comment ?? '')?.[1] ?? null,
      });
    }
  });
}
