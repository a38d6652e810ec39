import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { VigieConfig } from '../config/load-config.js';
import { dataSourceOptions, ENTITIES } from './data-source.js';
import { Database } from './database.js';
import { Doorbell } from './listen.js';
import { poolOf } from './pool-of.js';
import { Silence } from './silence.js';

/** Closes the doorbell after the last request, and before TypeORM closes its pool. */
class CloseDoorbell implements OnApplicationShutdown {
  constructor(private readonly doorbell: Doorbell) {}

  async onApplicationShutdown(): Promise<void> {
    await this.doorbell.close();
  }
}

/** No statement takes longer, in ms. A server that says nothing at all is given up sooner (silence.ts). */
const LONGEST_QUERY = 30_000;

const servingOptions = (url: string, config: VigieConfig) => {
  const options = dataSourceOptions(url, config.database.poolSize);
  return { ...options, extra: { ...options.extra, query_timeout: LONGEST_QUERY } };
};

@Global()
@Module({})
export class DatabaseModule {
  /** @param url of the database, embedded or not; already migrated */
  static register(url: string, config: VigieConfig): DynamicModule {
    const namedStatements = config.database.sessionPooling;
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot(servingOptions(url, config)), TypeOrmModule.forFeature(ENTITIES)],
      providers: [
        {
          provide: Database,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => new Database(dataSource, { namedStatements }),
        },
        {
          provide: Silence,
          inject: [DataSource],
          // TypeORM's module has opened it.
          useFactory: (dataSource: DataSource) => new Silence(poolOf(dataSource) as Pool),
        },
        { provide: Doorbell, useFactory: () => new Doorbell(url, { sessionPooling: namedStatements }) },
        {
          provide: CloseDoorbell,
          inject: [Doorbell],
          useFactory: (bell: Doorbell) => new CloseDoorbell(bell),
        },
      ],
      exports: [Database, Doorbell, TypeOrmModule],
    };
  }
}
