import type pg from 'pg';
import type { Asker } from '../asker.js';
import type { Followers } from '../followers.js';
import type { Hook } from '../hooks.js';
import type { Installation } from '../installation.js';
import type { Acknowledged } from '../record.js';

/** What a check looks at, while nobody asks for anything. */
export interface Scene {
  readonly installation: Installation;
  /** Straight to Postgres, and to nothing of ours. */
  readonly client: pg.Client;
  readonly known: Acknowledged;
  readonly asker: Asker;
  readonly followers: Followers;
  readonly hooks: readonly Hook[];
  /** The end of the run: what only waits for its time is not waited for, but done. */
  readonly last: boolean;
  /** Also jobs are waited for that a dead process still holds. */
  readonly patient: boolean;
}

/** Finds what does not hold: sentences with the invariant's number, and with ids to look at. */
export interface Check {
  readonly name: string;
  readonly find: (scene: Scene) => Promise<string[]>;
}

/** A check's query, and what is wrong with each row that it finds. */
export const violating =
  <Row extends pg.QueryResultRow>(text: string, sentence: (row: Row) => string, values: unknown[] = []) =>
  async ({ client }: Scene): Promise<string[]> =>
    (await client.query<Row>(text, values)).rows.map(sentence);

/** Waits for what other processes do, and says what was waited for in vain. */
export async function inTime(wait: () => Promise<void>): Promise<string[]> {
  try {
    await wait();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}
