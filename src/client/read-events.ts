import { readLines } from './read-lines.js';

/** A block of a stream of Server-Sent Events. Only what the feed uses: `event` and `retry` are left alone. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly data?: string;
  /** Its comments; heartbeats are nothing else. */
  readonly comment?: string;
}

/**
 * Reads Server-Sent Events by hand, since `EventSource` sends no key and is not in Node. What is not ended by an empty
 * line is dropped, as the standard says: https://html.spec.whatwg.org/multipage/server-sent-events.html.
 */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let event: { id?: string; data?: string; comment?: string } = {};
  for await (const line of readLines(chunks)) {
    if (line === '') {
      if (Object.keys(event).length > 0) yield event;
      event = {};
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === '') event.comment = event.comment === undefined ? value : `${event.comment}\n${value}`;
    else if (field === 'data') event.data = event.data === undefined ? value : `${event.data}\n${value}`;
    else if (field === 'id' && !value.includes('\0')) event.id = value;
  }
}
