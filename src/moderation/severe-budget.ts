import { networksMatter } from '../core/network-caps.js';
import { SEVERE_REASON } from '../core/reasons.js';
import { SEVERE_BUDGET } from '../core/severe-budget.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import {
  countSevereUnreviewed,
  loadSevereNetworks,
  loadSevereSpent,
  lockSevereBudget,
} from '../database/statements/votes/severe-budget.js';
import type { Tx } from '../database/tx.js';
import type { ChangedVote } from './changed-vote.js';

/** What is left of the severe reason's budgets, while one transaction spends them. */
export interface SevereBudgets {
  mayBlockAlone(vote: ChangedVote): boolean;
  leftFor(siteId: string): number;
  spend(vote: ChangedVote): void;
}

/** Does it give the severe reason, and did it not, or not count, before? */
export const isNewlySevere = ({ from, to }: ChangedVote): boolean =>
  to !== null && to.includes(SEVERE_REASON) && !(from?.includes(SEVERE_REASON) ?? false);

/** Who a vote is by, in the terms in which a budget was spent: a person by hash or by a device's. */
const people = ({ siteId, reporter, devices }: ChangedVote): Spender[] =>
  [reporter, ...devices].map((name) => ({ siteId, name }));

/** The narrow networks whose budget a vote needs: none where network caps do not hold. */
function networksOf({ siteId, networks }: ChangedVote, rules: ReadonlyMap<string, VersionedRule>): Spender[] {
  const rule = rules.get(siteId)?.rule;
  if (networks === null || rule === undefined || !networksMatter(rule)) return [];
  return [networks.narrow, ...(networks.minted === null ? [] : [networks.minted])].map((name) => ({
    siteId,
    name,
  }));
}

interface Spender {
  readonly siteId: string;
  readonly name: Buffer;
}

const spenderKey = ({ siteId, name }: Spender): string => `${siteId} ${name.toString('latin1')}`;
const sites = (spenders: readonly Spender[]): string[] => spenders.map(({ siteId }) => siteId);
const names = (spenders: readonly Spender[]): Buffer[] => spenders.map(({ name }) => name);

/** Looks the budgets up, and locks them, only where a vote newly gives the severe reason. */
export async function severeBudgets(
  tx: Tx,
  votes: readonly ChangedVote[],
  rules: ReadonlyMap<string, VersionedRule>,
): Promise<SevereBudgets> {
  const severe = votes.filter(isNewlySevere);
  if (severe.length === 0) return { mayBlockAlone: () => false, leftFor: () => 0, spend: () => undefined };
  const siteIds = [...new Set(sites(severe.flatMap(people)))];
  await lockSevereBudget(tx, siteIds);
  const reporters = severe.flatMap(people);
  const networks = severe.flatMap((vote) => networksOf(vote, rules));
  const [byReporters, byNetworks, unreviewed] = await Promise.all([
    loadSevereSpent(tx, sites(reporters), names(reporters)),
    networks.length === 0 ? [] : loadSevereNetworks(tx, sites(networks), names(networks)),
    countSevereUnreviewed(tx, siteIds),
  ]);
  // A reporter has 16 bytes and a network 8: none is taken for the other.
  const spent = new Set([
    ...byReporters.map(({ siteId, reporter }) => spenderKey({ siteId, name: reporter })),
    ...byNetworks.map(({ siteId, network }) => spenderKey({ siteId, name: network })),
  ]);
  const left = new Map<string, number>(siteIds.map((siteId) => [siteId, SEVERE_BUDGET.unreviewedOfSite]));
  for (const { siteId, blocks } of unreviewed)
    left.set(siteId, Math.max(0, SEVERE_BUDGET.unreviewedOfSite - blocks));
  const spendersOf = (vote: ChangedVote): string[] =>
    [...people(vote), ...networksOf(vote, rules)].map(spenderKey);
  return {
    mayBlockAlone: (vote) => isNewlySevere(vote) && !spendersOf(vote).some((spender) => spent.has(spender)),
    leftFor: (siteId) => left.get(siteId) ?? 0,
    spend: (vote) => {
      for (const spender of spendersOf(vote)) spent.add(spender);
      left.set(vote.siteId, Math.max(0, (left.get(vote.siteId) ?? 0) - 1));
    },
  };
}
