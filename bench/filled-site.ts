import type { DatabaseServer } from './database-server.js';
import { type ExampleSite, makeExampleSite } from './example-site.js';
import { fill, type Filling } from './fill/fill.js';
import { runCommand } from './processes.js';

/** A site as it is after a year of reports, in a database of its own. */
export interface FilledSite extends ExampleSite {
  /** What is in it. */
  readonly filling: Filling;
  /** A token of an administrator who moderates there. */
  readonly staffToken: string;
}

export async function makeFilledSite(
  server: DatabaseServer,
  reports: number,
  say: (line: string) => void,
): Promise<FilledSite> {
  const began = performance.now();
  const site = await makeExampleSite(server, `bench_filled_${reports}`);
  const email = 'amina@example.ma';
  await runCommand(site.env, 'staff', 'create', '--email', email, '--role', 'admin');
  const { token } = await runCommand(site.env, 'staff', 'token', '--email', email);
  const filling = await fill(site.url, reports);
  say(
    `${filling.reports} reports on ${filling.images} images filled in: ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );
  return { ...site, filling, staffToken: String(token) };
}
