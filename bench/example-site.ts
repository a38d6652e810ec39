import type { DatabaseServer } from './database-server.js';
import { runCommand } from './processes.js';

/** Of every process of Vigie that is measured. */
export const SECRET = 'a secret of the benchmark, long enough for anything';

/** A new database with one site, for servers of Vigie. */
export interface ExampleSite {
  readonly url: string;
  /** Settings of its processes. */
  readonly env: NodeJS.ProcessEnv;
  /** The site's secret key. */
  readonly key: string;
}

export async function makeExampleSite(server: DatabaseServer, database: string): Promise<ExampleSite> {
  const url = await server.create(database);
  const env = {
    DATABASE_URL: url,
    VIGIE_SECRET: SECRET,
    LOG_LEVEL: 'warn',
    // The load is that of many sites, and comes from one. Production would refuse this.
    RATE_LIMITS: 'off',
    NODE_ENV: 'test',
    // The pictures of the load are nowhere.
    FETCH_IMAGES: 'off',
  };
  const words = ['--slug', 'example', '--name', 'Example', '--image-host', 'cdn.example.ma'];
  const made = await runCommand(env, 'site', 'create', ...words);
  return { url, env, key: String(made['secretKey']) };
}
