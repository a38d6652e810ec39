import type { DataSourceOptions } from 'typeorm';
import { FirstTables20261123190000 } from '../../migrations/20261123190000-first-tables.js';
import { IntakeWithoutLookups20261125050000 } from '../../migrations/20261125050000-intake-without-lookups.js';
import { Jobs20261126000000 } from '../../migrations/20261126000000-jobs.js';
import { FeedEpoch20261126010000 } from '../../migrations/20261126010000-feed-epoch.js';
import { Webhooks20261126020000 } from '../../migrations/20261126020000-webhooks.js';
import { ImportCheckpoints20261126030000 } from '../../migrations/20261126030000-import-checkpoints.js';
import { OneIndexForCaseIds20261126040000 } from '../../migrations/20261126040000-one-index-for-case-ids.js';
import { DevicesOfNetworks20261126050000 } from '../../migrations/20261126050000-devices-of-networks.js';
import { NetworkCaps20261126060000 } from '../../migrations/20261126060000-network-caps.js';
import { AddressRules20261126070000 } from '../../migrations/20261126070000-address-rules.js';
import { Fetching20261126080000 } from '../../migrations/20261126080000-fetching.js';
import { Content20261126090000 } from '../../migrations/20261126090000-content.js';
import { Matches20261126100000 } from '../../migrations/20261126100000-matches.js';
import { Accounts20261126110000 } from '../../migrations/20261126110000-accounts.js';
import { Statistics20261126120000 } from '../../migrations/20261126120000-statistics.js';
import { SevereInstructions20261126130000 } from '../../migrations/20261126130000-severe-instructions.js';
import { WhoseReportsCount20261126140000 } from '../../migrations/20261126140000-whose-reports-count.js';
import { Records20261126150000 } from '../../migrations/20261126150000-records.js';
import { Holding20261126160000 } from '../../migrations/20261126160000-holding.js';
import { Urgency20261126170000 } from '../../migrations/20261126170000-urgency.js';
import { ForgettingReaders20261126184000 } from '../../migrations/20261126184000-forgetting-readers.js';
import { ForgettingRecords20261126185000 } from '../../migrations/20261126185000-forgetting-records.js';
import { SaidAt20261127000000 } from '../../migrations/20261127000000-said-at.js';
import { KnownIn20261127010000 } from '../../migrations/20261127010000-known-in.js';
import { ArchivedVotes20261128000000 } from '../../migrations/20261128000000-archived-votes.js';
import { MessagesByStatus20261128010000 } from '../../migrations/20261128010000-messages-by-status.js';
import { ApiKey } from './entities/api-key.entity.js';
import { Membership } from './entities/membership.entity.js';
import { Site } from './entities/site.entity.js';
import { Staff } from './entities/staff.entity.js';
import { ThresholdRuleVersion } from './entities/threshold-rule.entity.js';
import { HeardClient } from './heard-client.js';

export const ENTITIES = [Site, Staff, Membership, ApiKey, ThresholdRuleVersion];

/** In the order in which they run. */
export const MIGRATIONS = [
  FirstTables20261123190000,
  IntakeWithoutLookups20261125050000,
  Jobs20261126000000,
  FeedEpoch20261126010000,
  Webhooks20261126020000,
  ImportCheckpoints20261126030000,
  OneIndexForCaseIds20261126040000,
  DevicesOfNetworks20261126050000,
  NetworkCaps20261126060000,
  AddressRules20261126070000,
  Fetching20261126080000,
  Content20261126090000,
  Matches20261126100000,
  Accounts20261126110000,
  Statistics20261126120000,
  SevereInstructions20261126130000,
  WhoseReportsCount20261126140000,
  Records20261126150000,
  Holding20261126160000,
  Urgency20261126170000,
  ForgettingReaders20261126184000,
  ForgettingRecords20261126185000,
  SaidAt20261127000000,
  KnownIn20261127010000,
  ArchivedVotes20261128000000,
  MessagesByStatus20261128010000,
];

/** How TypeORM reaches the database at `url`. `poolSize`: connections of this process. */
export const dataSourceOptions = (url: string, poolSize = 10) =>
  ({
    type: 'postgres',
    url,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: 'migration',
    synchronize: false,
    // A process that waits for a connection longer than this answers 503 instead.
    extra: {
      max: poolSize,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'vigie',
      // Statements are sent without waiting for the answers to those before (pipeline.ts).
      pipeline: true,
      Client: HeardClient,
    },
  }) satisfies DataSourceOptions;
