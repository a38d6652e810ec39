import { type ClientConfig, DatabaseError } from 'pg';
import type { Conversation } from './conversation.js';
import { HeardClient } from './heard-client.js';

/**
 * Null: it is at work, or waits for a lock. Else since when it waits for its client to say something, or to take what it says, in
 * whatever state it does so: each step of a statement has a moment of its own.
 */
const WAITING_SINCE = `
  select pg_backend_pid() as me, asked.pid,
         case when activity.pid is null then 'nobody'
              when activity.wait_event_type = 'Client' then concat_ws(' ', activity.backend_start, activity.state_change)
         end as since
  from unnest($1::int[]) as asked (pid)
  left join pg_stat_activity as activity on activity.pid = asked.pid and activity.usename = session_user`;

/**
 * Not another's that has the same number, as on another server after a failover: it began with the connection, within the time
 * in which one must be there (data-source.ts), and some more.
 */
const END = `
  select pg_terminate_backend(activity.pid)
  from unnest($1::int[], $2::float8[]) as lost (pid, age)
  join pg_stat_activity as activity on activity.pid = lost.pid and activity.usename = session_user
  where activity.wait_event_type = 'Client'
    and extract(epoch from clock_timestamp() - activity.backend_start) - lost.age between 0 and 10`;

interface WaitingSince {
  readonly me: number;
  readonly pid: number;
  readonly since: string | null;
}

/** Asks Postgres, over a connection of its own, whether it is at work for those who hear nothing from it, until it is ended. */
export class Inquiry {
  /** Questions in a row that had no answer. */
  unanswered = 0;
  private readonly client: HeardClient;
  private readonly connected: Promise<unknown>;
  private isBusy = false;
  /** Of whom was asked, by the backend's number, once there is an answer. */
  private waiting: ReadonlyMap<number, string | null> | null = null;

  /** @param options as those who hear nothing were connected */
  constructor(options: ClientConfig) {
    this.client = new HeardClient(options);
    this.connected = this.client.connect();
    // Told by what is asked.
    this.connected.catch(() => undefined);
  }

  /**
   * Whether waiting for this backend may lead to something. Not if Postgres says that this one waits itself, or is not its
   * own, as after a failover behind which old connections lead nowhere. Null: it has not answered.
   */
  isAtWork(pid: number): boolean | null {
    return this.waiting === null ? null : (this.waiting.get(pid) ?? null) === null;
  }

  /**
   * @param silent who asked and heard nothing
   * @returns those of them that are lost: their backends wait as they do, and have done nothing since they were asked about last
   */
  async ask(silent: readonly Conversation[]): Promise<readonly Conversation[]> {
    this.unanswered += 1;
    if (this.isBusy) return [];
    this.isBusy = true;
    try {
      const before = this.waiting;
      this.waiting = await this.waitingSince(silent.map(({ pid }) => pid));
      this.unanswered = 0;
      return silent.filter(({ pid, silentLooks, isSilent }) => {
        const since = this.waiting?.get(pid) ?? null;
        return since !== null && since === before?.get(pid) && silentLooks > 0 && isSilent;
      });
    } catch (error) {
      // It speaks, and has no place for one more: who is at work can't be known. Who can't be reached is at work for nobody.
      this.waiting = error instanceof DatabaseError ? new Map() : null;
      return [];
    } finally {
      this.isBusy = false;
    }
  }

  /** Ends the backends of connections that were given up, so that what they have locked is free; none that is at work. */
  async endBackends(lost: readonly Conversation[]): Promise<void> {
    this.isBusy = true;
    try {
      await this.client.query(END, [lost.map(({ pid }) => pid), lost.map(({ age }) => age)]);
    } catch {
      // Postgres ends them itself, in its time (database.ts).
    } finally {
      this.isBusy = false;
    }
  }

  /** Unless it is in the middle of something. */
  endIfIdle(): boolean {
    if (this.isBusy) return false;
    this.end();
    return true;
  }

  end(): void {
    // Politely it might wait for as long as those on whose behalf it asks.
    (this.client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  private async waitingSince(pids: readonly number[]): Promise<ReadonlyMap<number, string | null>> {
    await this.connected;
    const { rows } = await this.client.query<WaitingSince>(WAITING_SINCE, [pids]);
    // A pooler numbers connections by itself: its numbers are not those of backends.
    const { processID } = this.client as unknown as { processID: number };
    return new Map(rows.filter(({ me }) => me === processID).map(({ pid, since }) => [pid, since]));
  }
}
