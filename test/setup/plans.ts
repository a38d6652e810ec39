import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { createTestDatabase } from './test-database.js';

/** A step of a plan, as Postgres tells it. */
export interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  /** None: the step was not asked. */
  readonly 'Actual Loops': number;
  readonly 'Sort Key'?: readonly string[];
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

/** A database of one connection, so that what is prepared stays prepared, with the plan that was made first. */
export class PlanDesk {
  private explained = 0;

  private constructor(
    readonly dataSource: DataSource,
    private readonly database: Database,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<PlanDesk> {
    const made = await createTestDatabase();
    const dataSource = await new DataSource(dataSourceOptions(made.url, 1)).initialize();
    return new PlanDesk(dataSource, new Database(dataSource), () => made.drop());
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.drop();
  }

  /** What a statement does by the planner's own choice: where nothing steers it to indexes, as most that only read. */
  async stepsAsPlanned(statement: string): Promise<Plan[]> {
    const [row] = await this.dataSource.query<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
      `explain (analyze, buffers, timing off, format json) ${statement}`,
    );
    return stepsOf(row);
  }

  /** What a statement does, in such a transaction as that in which it runs: all steps, the first one above the others. */
  async steps(statement: string): Promise<[Plan, ...Plan[]]> {
    this.explained += 1;
    const rows = await this.database.inIndexedTransaction((tx) =>
      tx.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
        name: `explain-${this.explained}`,
        text: `explain (analyze, buffers, timing off, format json) ${statement}`,
      }),
    );
    return stepsOf(rows[0]);
  }
}

function stepsOf(
  row: { readonly 'QUERY PLAN': readonly [{ readonly Plan: Plan }] } | undefined,
): [Plan, ...Plan[]] {
  const [root] = row?.['QUERY PLAN'] ?? [];
  if (root === undefined) throw new Error('no plan');
  const below = ({ Plans = [] }: Plan): Plan[] => Plans.flatMap((step) => [step, ...below(step)]);
  return [root.Plan, ...below(root.Plan)];
}
