import { until } from '../../../test/setup/until.js';
import { DELIVER } from '../../../src/webhooks/deliveries.js';
import { type Check, inTime, violating } from './check.js';

/** Due jobs that nobody holds are taken within this, in ms. */
const TAKEN_WITHIN = 30_000;
/** What a dead process held is free after its lease, and what Redis lost after as long; then it is done. In ms. */
const DONE_WITHIN = 75_000;

/** $1: those that somebody holds, too, for no longer than a lease or a relay lasts. */
const DUE = `
  select id, kind, attempts, failures, run_at, relayed_until, locked_until, error
  from job
  where outcome is null and run_at <= clock_timestamp()
    and ($1 or coalesce(relayed_until, locked_until) not between clock_timestamp() and clock_timestamp() + interval '31 s'
            or relayed_until is null and locked_until is null)`;

/** I10: nothing that was staged is forgotten. */
export const jobsAreDone: Check = {
  name: 'I10: every staged job is done, visibly dead, or waits for its time',
  async find(scene) {
    const { client, patient } = scene;
    let due: unknown[] = [];
    const done = await inTime(() =>
      until(
        async () => (due = (await client.query(DUE, [patient])).rows).length === 0,
        () => `${due.length} due jobs to be done, such as ${JSON.stringify(due[0])}`,
        patient ? DONE_WITHIN : TAKEN_WITHIN,
      ),
    );
    const dead = violating<{ id: string; kind: string; error: string | null }>(
      `select id, kind, error from job where outcome = 'dead' and (error is null or finished_at is null)`,
      ({ id, kind, error }) => `I10: job ${id} (${kind}) is dead, and does not say why: ${error}`,
    );
    return [...done.map((what) => `I10: ${what}`), ...(await dead(scene))];
  },
};

/** Looked for before anything is sent by hand, which makes a job of its own. */
export const pendingMessagesHaveJobs: Check = {
  name: 'I10: every message that waits has a job that will deliver it',
  find: violating<{ id: string }>(
    `select m.id from webhook_message m
     where m.status = 'pending'
       and not exists (select from job j
                       where j.outcome is null and j.kind = $1 and j.payload ->> 'messageId' = m.id::text)`,
    ({ id }) => `I10: message ${id} is pending, and no job will deliver it`,
    [DELIVER],
  ),
};
