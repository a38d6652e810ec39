import type { Database } from '../database/database.js';
import { reconcileAddresses } from '../database/statements/reconcile/reconcile-addresses.js';
import { reconcileBlocks } from '../database/statements/reconcile/reconcile-blocks.js';
import { reconcileCases } from '../database/statements/reconcile/reconcile-cases.js';
import { reconcileContent } from '../database/statements/reconcile/reconcile-content.js';
import { reconcileLogFold, reconcileLogOrder } from '../database/statements/reconcile/reconcile-log.js';
import { reconcileMatches } from '../database/statements/reconcile/reconcile-matches.js';
import { reconcileOwners } from '../database/statements/reconcile/reconcile-owners.js';
import type { ReconcileProblem } from '../database/statements/reconcile/reconcile-problem.js';
import { reconcileRuleBlocks } from '../database/statements/reconcile/reconcile-rule-blocks.js';
import { reconcileRules } from '../database/statements/reconcile/reconcile-rules.js';
import { reconcileTallies } from '../database/statements/reconcile/reconcile-tallies.js';
import { reconcileVerdicts } from '../database/statements/reconcile/reconcile-verdicts.js';
import { reconcileVotes } from '../database/statements/reconcile/reconcile-votes.js';
import type { Tx } from '../database/tx.js';

/** What must hold, and the query that finds what does not (docs/rules.md). */
const CHECKS: readonly (readonly [name: string, find: (tx: Tx) => Promise<ReconcileProblem[]>])[] = [
  ['tallies equal the votes', reconcileTallies],
  ['every vote stands for an image', reconcileVotes],
  ['what decisions say of reporters follows from the votes', reconcileVerdicts],
  ['every image has its site, and every case its image', reconcileOwners],
  ['what is seen follows from the blocks', reconcileBlocks],
  ["a rule's block has a case that awaits a decision", reconcileRuleBlocks],
  ['what follows a block by a person has its bytes, and nobody is left behind', reconcileMatches],
  ['at most one case of an image awaits a decision', reconcileCases],
  ['the log folds to what is seen', reconcileLogFold],
  ['every change of what is seen raised the version', reconcileLogOrder],
  ['every address leads to its image', reconcileAddresses],
  ['what is known of bytes fits the images that show them', reconcileContent],
  ['every site has its rule', reconcileRules],
];

/** One invariant, with the rows that break it. */
export interface Reconciled {
  readonly name: string;
  readonly problems: readonly ReconcileProblem[];
}

/** Proves the invariants, all on the same moment of the database, whatever is written meanwhile. */
export const reconcile = (database: Database): Promise<readonly Reconciled[]> =>
  database.inTransaction(async (tx) => {
    const checks: Reconciled[] = [];
    for (const [name, find] of CHECKS) checks.push({ name, problems: await find(tx) });
    return checks;
  }, 'REPEATABLE READ');
