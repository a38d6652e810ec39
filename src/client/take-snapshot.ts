import type { BlockedSet } from './blocked-set.js';
import { VigieClientError } from './client-error.js';
import { readChange } from './image-change.js';
import { readLines } from './read-lines.js';
import type { ServiceDoor, Waiting } from './service-door.js';

export interface Snapshot {
  readonly set: BlockedSet;
  readonly cursor: string;
}

/**
 * All blocked images, into a set that is still empty: the one in use stays as it is until this one is whole. For that
 * time there are two in memory.
 *
 * @throws VigieClientError also when the answer breaks off or can not be read
 */
export function takeSnapshot(door: ServiceDoor, empty: BlockedSet, waiting: Waiting): Promise<Snapshot> {
  return door.get('/v1/blocklist', { accept: 'application/x-ndjson' }, waiting, async (response, chunks) => {
    const cursor = response.headers.get('vigie-cursor');
    if (cursor === null || cursor === '') {
      throw new VigieClientError(
        'PROTOCOL',
        'The block list came without the header Vigie-Cursor: is a proxy removing it?',
      );
    }
    let number = 0;
    for await (const line of readLines(chunks)) {
      number += 1;
      if (line === '') continue;
      const change = readChange(parse(line));
      if (change === null)
        throw new VigieClientError('PROTOCOL', `Line ${number} of the block list can not be read.`);
      empty.fold(change);
    }
    return { set: empty, cursor };
  });
}

/** Null when it is no JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
