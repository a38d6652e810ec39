import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source.js';
import { Database } from './database.js';

/** Runs `work` on the database at `url` over connections of its own, two at most, and closes them. */
export async function usingDatabase<T>(
  url: string,
  { sessionPooling }: { readonly sessionPooling: boolean },
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const dataSource = await new DataSource(dataSourceOptions(url, 2)).initialize();
  try {
    return await work(new Database(dataSource, { namedStatements: sessionPooling }));
  } finally {
    await dataSource.destroy();
  }
}
