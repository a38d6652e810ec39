import type { Database } from '../database/database.js';
import { ping } from '../database/statements/server/ping.js';
import type { ReadinessCheck } from './readiness.js';

/** Nothing can be recorded without Postgres. */
export const postgresReadiness = (database: Database): ReadinessCheck => ({
  name: 'postgres',
  async check() {
    await ping(database);
    return 'up';
  },
});
