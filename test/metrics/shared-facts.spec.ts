import type { Database } from '../../src/database/database.js';
import { SharedFacts } from '../../src/metrics/shared-facts.js';

/** A Postgres that answers when it is told to. */
class SlowPostgres implements Pick<Database, 'inIndexedTransaction'> {
  asked = 0;
  private readonly waiting: ((row: unknown) => void)[] = [];

  inIndexedTransaction<T>(): Promise<T> {
    this.asked += 1;
    return new Promise<T>((resolve) => this.waiting.push(resolve as (row: unknown) => void));
  }

  answer(): void {
    for (const resolve of this.waiting.splice(0)) resolve({ clock: Date.now() / 1_000 + 60 });
  }
}

it('asks Postgres once for all who scrape at the same time, and soon after', async () => {
  const postgres = new SlowPostgres();
  const shared = new SharedFacts(postgres, () => 0, 30);
  const all = [shared.read(), shared.read(), shared.read()];
  postgres.answer();
  for (const facts of await Promise.all(all)) expect(Math.round(facts?.clockOffset ?? 0)).toBe(60);
  await shared.read();
  expect(postgres.asked).toBe(1);
});

it('gives up on a Postgres that says nothing', async () => {
  const shared = new SharedFacts(new SlowPostgres(), () => 0, 30, 20);
  expect(await shared.read()).toBeNull();
});
