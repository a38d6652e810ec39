import type { Database } from '../../src/database/database.js';
import type { Statement } from '../../src/database/statement.js';
import type { ImageCommand } from '../../src/moderation/image-command.js';
import { moderateImages } from '../../src/moderation/moderate-images.js';

/** The statements that the neck sends for one batch, by name, in order. The batch is carried out. */
export async function statementNames(
  database: Database,
  commands: readonly ImageCommand[],
): Promise<string[]> {
  const names: string[] = [];
  await database.inIndexedTransaction((tx) => {
    const told = <Result>(statement: Statement, ask: () => Result): Result => {
      names.push(statement.name);
      return ask();
    };
    const watched = {
      query: (statement: Statement, values: unknown[]) => told(statement, () => tx.query(statement, values)),
      count: (statement: Statement, values: unknown[]) => told(statement, () => tx.count(statement, values)),
      send: (statement: Statement, values: unknown[]) => told(statement, () => tx.send(statement, values)),
      finish: (statement: Statement, values: unknown[]) =>
        told(statement, () => tx.finish(statement, values)),
    } as unknown as typeof tx;
    return moderateImages(watched, commands);
  });
  return names;
}
