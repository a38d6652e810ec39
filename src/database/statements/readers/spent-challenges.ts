import type { Tx } from '../../tx.js';

const spend = {
  name: 'spend-challenge',
  text: `
    insert into spent_challenge (site_id, challenge, expires_at)
    values ($1, $2, $3)
    on conflict (site_id, challenge) do nothing`,
};

const forget = {
  name: 'forget-spent-challenges',
  // By spent_challenge_expires. An hour later than it could be: the clocks of processes may differ.
  text: `
    with old as materialized (
      select site_id, challenge
      from spent_challenge
      where expires_at < statement_timestamp() - interval '1 hour'
      order by expires_at
      limit $1
      for update skip locked
    )
    delete from spent_challenge s using old where s.site_id = old.site_id and s.challenge = old.challenge`,
};

/** False when it was spent before. Waits for whoever is spending it at this instant. */
export const spendChallenge = async (
  tx: Tx,
  siteId: string,
  { hash, expiresAt }: { readonly hash: Buffer; readonly expiresAt: Date },
): Promise<boolean> => (await tx.count(spend, [siteId, hash, expiresAt])) === 1;

/** Removes at most `limit` that have long expired; how many went. */
export const forgetSpentChallenges = (tx: Tx, limit: number): Promise<number> => tx.count(forget, [limit]);
