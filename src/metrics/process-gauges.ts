import type { Database } from '../database/database.js';
import type { BlockIndex } from '../visibility/block-index.js';
import { gauge } from './gauge.js';
import type { Gauges } from './metrics-text.js';
import type { SharedFacts } from './shared-facts.js';

/** What is so in this process at this moment. */
export interface ProcessParts {
  readonly database: Database;
  readonly index: BlockIndex;
  readonly shared: Pick<SharedFacts, 'read'>;
  /** Whether Redis answers; null: there is none. */
  readonly redis: (() => Promise<boolean>) | null;
  readonly build: { readonly version: string; readonly role: string };
}

/** The block index, the connections, Redis, and which version this is. */
export const processGauges =
  ({ database, index, shared, redis, build }: ProcessParts): Gauges =>
  async (registry) => {
    const add = gauge.bind(null, registry);
    const [facts, isRedisUp] = await Promise.all([shared.read(), redis?.() ?? null]);
    add('vigie_build_info', 'Always 1: version, version of Node, and ROLE of this process.', [
      [{ version: build.version, node: process.versions.node, role: build.role }, 1],
    ]);
    add('vigie_block_index_ready', 'Whether this process has loaded what is blocked.', index.ready ? 1 : 0);
    add(
      'vigie_block_index_keys',
      'Blocked keys in memory: each image counts once, and once for each further address.',
      index.size,
    );
    add('vigie_block_index_bytes', 'Memory that they take.', index.bytes);
    add(
      'vigie_feed_look_age_seconds',
      'How long ago this process last read the log to its end; it answers with what it knew then.',
      index.ready ? Math.max(0, (Date.now() - index.asOf.getTime()) / 1_000) : null,
    );
    if (facts !== null) {
      add(
        'vigie_feed_unread_events',
        'Events of the log that this process has not read.',
        Math.max(0, facts.head - index.cursor),
      );
      add(
        'vigie_feed_unread_age_seconds',
        'How long the oldest of them has been there, 0 when there is none.',
        Math.max(0, facts.unreadSeconds ?? 0),
      );
    }
    const { open, idle, waiting } = database.connections();
    add(
      'vigie_postgres_connections',
      'Connections of this process to Postgres, by whether they are in use.',
      [
        [{ state: 'used' }, open - idle],
        [{ state: 'idle' }, idle],
      ],
    );
    add('vigie_postgres_connections_waiting', 'Who waits for a connection in this process.', waiting);
    if (isRedisUp !== null)
      add(
        'vigie_redis_up',
        'Whether Redis answers this process; everything goes on without it.',
        isRedisUp ? 1 : 0,
      );
  };
