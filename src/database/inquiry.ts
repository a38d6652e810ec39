import { type ClientConfig, DatabaseError } from 'pg';
import { HeardClient } from './heard-client.js';

const AT_WORK = `
  select pg_backend_pid() as me,
         array(select pid from pg_stat_activity where pid = any ($1) and state is distinct from 'idle') as working`;

interface AtWork {
  readonly me: number;
  readonly working: readonly number[];
}

/** Asks Postgres once, over a connection of its own, whether it is at work for those who hear nothing from it. */
export class Inquiry {
  private readonly client: HeardClient;
  private works: ((pid: number) => boolean) | null = null;

  /**
   * @param options as those who hear nothing were connected
   * @param pids of the backends behind their connections, as the driver was told at their beginning
   */
  constructor(options: ClientConfig, pids: readonly number[]) {
    this.client = new HeardClient(options);
    // Whoever can't be reached is at work for nobody: that is all there is to know.
    void this.ask(pids).catch(() => undefined);
  }

  /**
   * Whether waiting for this backend may lead to something. Not if Postgres says that this one has nothing to do, or is not its
   * own, as after a failover behind which old connections lead nowhere. Null: it has not answered.
   */
  isAtWork(pid: number): boolean | null {
    return this.works?.(pid) ?? null;
  }

  end(): void {
    // Politely it might wait for as long as those on whose behalf it asks.
    (this.client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  private async ask(pids: readonly number[]): Promise<void> {
    try {
      await this.client.connect();
      const { rows } = await this.client.query<AtWork>(AT_WORK, [pids]);
      const { me = 0, working = [] } = rows[0] ?? {};
      // A pooler numbers connections by itself: its numbers are not those of backends.
      const isDirect = (this.client as unknown as { processID: number }).processID === me;
      this.works = isDirect ? (pid) => working.includes(pid) || !pids.includes(pid) : () => true;
    } catch (error) {
      // It speaks, and has no place for one more: who is at work can't be known.
      if (error instanceof DatabaseError) this.works = () => true;
      throw error;
    } finally {
      this.end();
    }
  }
}
