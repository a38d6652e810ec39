import { setTimeout as pause } from 'node:timers/promises';
import { FoldedFeed, type FeedItem } from '../publishing/fold-feed.js';

/** Seconds that a question waits for the next change. */
const WAIT = 2;
/** Milliseconds after which a question is given up: the network between may have swallowed it. */
const PATIENCE = 15_000;

/** What a follower knew at some time, and the cursor that it had then. */
export interface FeedMark {
  readonly folded: FoldedFeed;
  readonly cursor: string;
}

/**
 * A site that holds the blocked images of a process as API.md says, without the client library: block list, then
 * changes from its cursor; of an image the highest version counts; 410 means to take the list again.
 */
export class FeedFolder {
  private folded = new FoldedFeed();
  /** How often the list was taken. */
  lists = 0;
  /** Answers that API.md has no place for. */
  readonly wrong: string[] = [];
  private cursor: string | null = null;
  private stopped = false;
  private readonly work: Promise<void>;

  /**
   * @param service the process that runs at the moment; asked again for every question
   * @param begin where another one was at some time; left out: with the block list
   */
  constructor(
    private readonly service: () => { readonly port: number },
    private readonly key: string,
    begin?: FeedMark,
  ) {
    if (begin !== undefined) {
      this.folded = begin.folded.copy();
      this.cursor = begin.cursor;
    }
    this.work = this.follow();
  }

  /** Where it is, for others to go on from; null while it has no list. */
  mark(): FeedMark | null {
    return this.cursor === null ? null : { folded: this.folded.copy(), cursor: this.cursor };
  }

  /** As BLOCKED_NAMES has it. */
  get blocked(): string[] {
    return this.folded.blocked;
  }

  stop(): Promise<void> {
    this.stopped = true;
    return this.work;
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      try {
        await (this.cursor === null ? this.takeList() : this.takeChanges(this.cursor));
      } catch (error) {
        // Its process was killed: another one comes. What is wrong with an answer is not of this kind.
        if (!['TypeError', 'TimeoutError'].includes((error as Error).name)) this.wrong.push(String(error));
        await pause(20);
      }
    }
  }

  private get(address: string): Promise<Response> {
    const url = `http://127.0.0.1:${this.service().port}${address}`;
    const headers = { authorization: `Bearer ${this.key}` };
    return fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE) });
  }

  private async takeList(): Promise<void> {
    const answer = await this.get('/v1/blocklist');
    if (!this.good(answer)) return;
    const text = await answer.text();
    this.folded = new FoldedFeed();
    for (const line of text.split('\n')) if (line !== '') this.folded.take(JSON.parse(line) as FeedItem);
    this.cursor = answer.headers.get('vigie-cursor');
    this.lists += 1;
  }

  private async takeChanges(cursor: string): Promise<void> {
    const answer = await this.get(
      `/v1/changes?${new URLSearchParams({ cursor, wait: String(WAIT) }).toString()}`,
    );
    if (answer.status === 410) this.cursor = null;
    if (answer.status === 410 || !this.good(answer)) return;
    const { changes, cursor: next } = (await answer.json()) as { changes: FeedItem[]; cursor: string };
    for (const change of changes) this.folded.take(change);
    this.cursor = next;
  }

  /** 503 is for a process that starts or stops. */
  private good(answer: Response): boolean {
    if (answer.status !== 200 && answer.status !== 503) this.wrong.push(`${answer.url}: ${answer.status}`);
    return answer.status === 200;
  }
}
