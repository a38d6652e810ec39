import { setTimeout as pause } from 'node:timers/promises';
import { readEvents } from '../../src/client/read-events.js';
import type { FeedItem } from '../../test/publishing/fold-feed.js';
import type { FeedMark } from '../../test/processes/feed-folder.js';

/** Milliseconds without a word after which a stream is given up: a comment comes every 20 seconds. */
const PATIENCE = 25_000;
/** Milliseconds before it is opened again. */
const AGAIN = 100;

/** A site that follows the stream of changes from where somebody was, as API.md says: Last-Event-ID resumes. */
export class StreamFolder {
  /** Answers that API.md has no place for. */
  readonly wrong: string[] = [];
  private readonly folded: FeedMark['folded'];
  private cursor: string;
  private readonly stopping = new AbortController();
  private readonly work: Promise<void>;

  constructor(
    private readonly port: number,
    private readonly key: string,
    begin: FeedMark,
  ) {
    this.folded = begin.folded.copy();
    this.cursor = begin.cursor;
    this.work = this.follow();
  }

  get blocked(): string[] {
    return this.folded.blocked;
  }

  stop(): Promise<void> {
    this.stopping.abort();
    return this.work;
  }

  private async follow(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.read();
      } catch (error) {
        if (!['TypeError', 'AbortError'].includes((error as Error).name)) this.wrong.push(String(error));
      }
      await pause(AGAIN);
    }
  }

  private async read(): Promise<void> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), PATIENCE);
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}/v1/changes/stream`, {
        headers: { authorization: `Bearer ${this.key}`, 'last-event-id': this.cursor },
        signal: AbortSignal.any([silence.signal, this.stopping.signal]),
      });
      if (answer.status !== 200 || answer.body === null) {
        // The epoch of this database never ends, so 410 is wrong, too.
        if (answer.status !== 503) this.wrong.push(`the stream was answered ${answer.status}`);
        return;
      }
      for await (const { id, data } of readEvents(answer.body)) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), PATIENCE);
        if (data !== undefined) this.folded.take(JSON.parse(data) as FeedItem);
        if (id !== undefined) this.cursor = id;
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
