import { SEVERE_REASON } from '../core/reasons.js';
import {
  countSevereUnreviewed,
  loadSevereSpent,
  lockSevereBudget,
} from '../database/statements/severe-budget.js';
import type { Tx } from '../database/tx.js';
import type { CountedVote } from './count-votes.js';

/** Unreviewed blocks by a single severe vote that a site may get within an hour (docs/rules.md, rule 6). */
const PER_SITE_AND_HOUR = 3;

/** What is left of the severe reason's budgets, while one transaction spends them. */
export interface SevereBudgets {
  mayBlockAlone(vote: CountedVote): boolean;
  leftFor(siteId: string): number;
  spend(vote: CountedVote): void;
}

const isNewlySevere = ({ from, to }: CountedVote): boolean =>
  to !== null && to.includes(SEVERE_REASON) && !(from?.includes(SEVERE_REASON) ?? false);

/** Looks the budgets up, and locks them, only where a vote newly gives the severe reason. */
export async function severeBudgets(tx: Tx, votes: readonly CountedVote[]): Promise<SevereBudgets> {
  const severe = votes.filter(isNewlySevere);
  if (severe.length === 0) return { mayBlockAlone: () => false, leftFor: () => 0, spend: () => undefined };
  const siteIds = [...new Set(severe.map(({ siteId }) => siteId))];
  await lockSevereBudget(tx, siteIds);
  const spentRows = await loadSevereSpent(
    tx,
    severe.map(({ siteId }) => siteId),
    severe.map(({ reporter }) => reporter),
  );
  const spent = new Set(spentRows.map(({ siteId, reporter }) => reporterKey(siteId, reporter)));
  const left = new Map(siteIds.map((siteId) => [siteId, PER_SITE_AND_HOUR]));
  for (const { siteId, blocks } of await countSevereUnreviewed(tx, siteIds)) {
    left.set(siteId, Math.max(0, PER_SITE_AND_HOUR - blocks));
  }
  return {
    mayBlockAlone: (vote) => isNewlySevere(vote) && !spent.has(reporterKey(vote.siteId, vote.reporter)),
    leftFor: (siteId) => left.get(siteId) ?? 0,
    spend: (vote) => {
      spent.add(reporterKey(vote.siteId, vote.reporter));
      left.set(vote.siteId, Math.max(0, (left.get(vote.siteId) ?? 0) - 1));
    },
  };
}

const reporterKey = (siteId: string, reporter: Buffer): string => `${siteId} ${reporter.toString('latin1')}`;
