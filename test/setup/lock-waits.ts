/**
 * The statements of this database that wait for what another transaction holds; more conditions may follow. Not to be asked in a
 * transaction: there the view stays as it was first read.
 */
export const LOCK_WAITS = `
  select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
