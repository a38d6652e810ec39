import type { Tx } from '../../tx.js';

const sessions = {
  name: 'forget-sessions',
  // By session_expires_at.
  text: `
    with old as materialized (
      select id from session
      where expires_at < clock_timestamp() - interval '30 days'
      order by expires_at
      limit $1
      for update skip locked
    )
    delete from session s using old where s.id = old.id`,
};

const failures = {
  name: 'forget-sign-in-failures',
  // By sign_in_failure_last_at.
  text: `
    with old as materialized (
      select key from sign_in_failure
      where last_at < clock_timestamp() - interval '24 hours'
        and (failures > 0 or last_at < clock_timestamp() - interval '30 days')
      order by last_at
      limit $1
      for update skip locked
    )
    delete from sign_in_failure f using old where f.key = old.key`,
};

const links = {
  name: 'forget-account-links',
  // As many as people were invited in a month: no index.
  text: `
    with old as materialized (
      select id from account_link
      where least(spent_at, expires_at) < clock_timestamp() - interval '30 days'
      limit $1
      for update skip locked
    )
    delete from account_link l using old where l.id = old.id`,
};

/** Removes at most so many sessions that were over 30 days ago; how many went. */
export const forgetSessions = (tx: Tx, limit: number): Promise<number> => tx.count(sessions, [limit]);

/** Removes at most so many counts of wrong guesses that are a day old, and networks of a month ago; how many went. */
export const forgetSignInFailures = (tx: Tx, limit: number): Promise<number> => tx.count(failures, [limit]);

/** Removes at most so many links that were of no use any more 30 days ago; how many went. */
export const forgetAccountLinks = (tx: Tx, limit: number): Promise<number> => tx.count(links, [limit]);
