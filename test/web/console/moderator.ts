import { addressOf, type How, Problem, type Query } from '../../../src/web/console/api.js';
import type { Asking } from '../../../src/web/console/review/claim-next.js';
import { Desk } from '../../../src/web/console/review/desk.js';
import { Drafts, type Kept } from '../../../src/web/console/review/drafts.js';
import { Outbox } from '../../../src/web/console/review/outbox.js';
import type { ReviewRoom } from '../../review/review-room.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a window keeps. */
export class WindowStorage implements Kept {
  private readonly held = new Map<string, string>();
  getItem = (key: string): string | null => this.held.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.held.set(key, value);
  removeItem = (key: string): void => void this.held.delete(key);
}

/** A moderator in a window of the console, which asks the whole service through its doors; time is moved by hand. */
export class Moderator {
  time = 1_000_000;
  /** Whether the network is there. */
  isOnline = true;
  /** Whether the window is seen. */
  isSeen = true;
  /** Whether the session is over. */
  isResting = false;
  /** What was asked, such as `POST /v1/cases/claim`. */
  readonly asked: string[] = [];
  /** What of it the page asked by itself. */
  readonly askedByItself: string[] = [];
  readonly drafts: Drafts;
  readonly outbox: Outbox;
  readonly desk: Desk;

  /** @param leaseSeconds what the service was started with */
  constructor(
    private readonly room: ReviewRoom,
    /** Of whoever is signed in. */
    public token: string,
    leaseSeconds: number,
    readonly storage = new WindowStorage(),
  ) {
    const now = (): number => this.time;
    this.drafts = new Drafts(storage);
    this.outbox = new Outbox(this.ask, now, this.drafts, storage);
    this.desk = new Desk({
      ask: this.ask,
      now,
      leaseSeconds,
      drafts: this.drafts,
      outbox: this.outbox,
      isSeen: () => this.isSeen,
      isResting: () => this.isResting,
    });
  }

  private async send<T>(
    method: Method,
    path: string,
    query?: Query,
    body?: unknown,
    how: How = {},
  ): Promise<T> {
    this.asked.push(`${method} ${path}`);
    if (how.isBackground === true) this.askedByItself.push(`${method} ${path}`);
    if (!this.isOnline) throw new Problem({ status: 0 });
    const answer = await this.room.service.ask(method, addressOf(path, query), this.token, body);
    if (answer.status >= 400) throw new Problem({ ...answer.body, status: answer.status }, answer.body);
    return (answer.text === '' ? undefined : answer.body) as T;
  }

  readonly ask: Asking = {
    get: (path, query, how) => this.send('GET', path, query, undefined, how),
    post: (path, body, query, how) => this.send('POST', path, query, body, how),
    put: (path, body, query, how) => this.send('PUT', path, query, body, how),
    remove: (path, query, body) => this.send('DELETE', path, query, body),
  };

  /** Lets so many seconds pass, and what is due be done. */
  pass(seconds: number): void {
    this.time += seconds * 1_000;
    this.desk.tick();
    this.outbox.tick();
  }

  /** The ids of the case in front and of the one after it. */
  get cases(): (string | null)[] {
    return [this.desk.current.peek()?.id ?? null, this.desk.ahead.peek()?.id ?? null];
  }
}
