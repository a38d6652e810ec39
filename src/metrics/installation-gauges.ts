import type { CaseFacts } from '../database/statements/server/read-operation-facts.js';
import { gauge } from './gauge.js';
import type { Gauges } from './metrics-text.js';
import type { SharedFacts, ToldFacts } from './shared-facts.js';

/** Sites that have series of their own: the oldest. The others are in the sums and maxima alone. */
const MOST_SITES = 50;

const ALSO = 'The same in every process of an installation: take the maximum.';

/** What Postgres knows, the same in every process: cases, jobs, webhooks. */
export const installationGauges =
  (shared: Pick<SharedFacts, 'read'>): Gauges =>
  async (registry) => {
    const facts = await shared.read();
    const add = gauge.bind(null, registry);
    add(
      'vigie_postgres_up',
      'Whether Postgres told the facts of this installation within two seconds.',
      facts ? 1 : 0,
    );
    if (facts === null) return;
    add(
      'vigie_postgres_clock_offset_seconds',
      'By how much the clock of Postgres is ahead of this machine.',
      facts.clockOffset,
    );
    add('vigie_postgres_database_bytes', `Size of the database on its disk. ${ALSO}`, facts.bytes);
    add(
      'vigie_forgetting_late_seconds',
      `For how long readers of some image should have been forgotten who are not, 0 when all are. ${ALSO}`,
      facts.forgetLateSeconds,
    );
    addCases(add, facts.cases);
    addJobs(add, facts);
    addWebhooks(add, facts);
  };

type Add = (
  name: Parameters<typeof gauge>[1],
  help: Parameters<typeof gauge>[2],
  values: Parameters<typeof gauge>[3],
) => void;

function addCases(add: Add, sites: readonly CaseFacts[]): void {
  const sum = (of: (site: CaseFacts) => number): number => sites.reduce((all, site) => all + of(site), 0);
  const longest = (of: (site: CaseFacts) => number | null): number =>
    Math.max(0, ...sites.map((site) => of(site) ?? 0));
  add(
    'vigie_cases',
    `Cases that await a decision, some ten thousand of a site at most: open (all), urgent (open and at the threshold, held, appealed or severe), held, severe, escalated. ${ALSO}`,
    [
      [{ state: 'open' }, sum(({ open }) => open)],
      [{ state: 'urgent' }, sum(({ urgent }) => urgent)],
      [{ state: 'held' }, sum(({ held }) => held)],
      [{ state: 'severe' }, sum(({ severe }) => severe)],
      [{ state: 'escalated' }, sum(({ escalated }) => escalated)],
    ],
  );
  add(
    'vigie_oldest_case_age_seconds',
    `How long the case has waited that waits longest, 0 when there is none; states as in vigie_cases. ${ALSO}`,
    [
      [{ state: 'open' }, longest(({ openSeconds }) => openSeconds)],
      [{ state: 'urgent' }, longest(({ urgentSeconds }) => urgentSeconds)],
      [{ state: 'held' }, longest(({ heldSeconds }) => heldSeconds)],
      [{ state: 'severe' }, longest(({ severeSeconds }) => severeSeconds)],
      [{ state: 'escalated' }, longest(({ escalatedSeconds }) => escalatedSeconds)],
    ],
  );
  add(
    'vigie_overdue_cases',
    `Open cases of which the rule has said that nobody looked in time. ${ALSO}`,
    sum(({ overdue }) => overdue),
  );
  add(
    'vigie_rule_blocks_last_hour',
    `Blocks by the rules of all sites within the last hour. ${ALSO}`,
    sum(({ ruleBlocks }) => ruleBlocks),
  );
  add(
    'vigie_breakers_tripped',
    `Sites whose breaker tripped within the last hour: their rule blocks nothing more meanwhile. ${ALSO}`,
    sum(({ tripped }) => Number(tripped)),
  );
  const few = sites.slice(0, MOST_SITES);
  add(
    'vigie_site_urgent_cases',
    `Urgent and escalated cases of a site; the ${MOST_SITES} oldest sites are told of. ${ALSO}`,
    few.map(({ slug, urgent, escalated }) => [{ site: slug }, urgent + escalated]),
  );
  add(
    'vigie_site_oldest_urgent_case_age_seconds',
    `How long the urgent or escalated case of a site has waited that waits longest; the ${MOST_SITES} oldest sites are told of. ${ALSO}`,
    few.map(({ slug, urgentSeconds, escalatedSeconds }) => [
      { site: slug },
      Math.max(0, urgentSeconds ?? 0, escalatedSeconds ?? 0),
    ]),
  );
}

function addJobs(add: Add, { jobs }: ToldFacts): void {
  add(
    'vigie_oldest_due_job_age_seconds',
    `How long the background job has been due that is due longest, of the kinds that have any. ${ALSO}`,
    [...jobs.map(({ kind, dueSeconds }) => [{ kind }, Math.max(0, dueSeconds ?? 0)] as const)],
  );
  add(
    'vigie_jobs',
    `Background jobs, ten thousand of a kind and state at most: waiting for their time or a place, running, dead (failed too often). ${ALSO}`,
    [
      ...jobs.flatMap(({ kind, waiting, running, dead }) => [
        [{ kind, state: 'waiting' }, waiting] as const,
        [{ kind, state: 'running' }, running] as const,
        [{ kind, state: 'dead' }, dead] as const,
      ]),
    ],
  );
}

function addWebhooks(add: Add, { webhooks, head, fanOut, fanOutSeconds }: ToldFacts): void {
  add(
    'vigie_webhook_pending_messages',
    `Messages that were not delivered yet, those included that wait for their next attempt; ten thousand of an endpoint at most, of disabled ones none. ${ALSO}`,
    webhooks.pending,
  );
  add(
    'vigie_webhook_oldest_pending_age_seconds',
    `How long ago the message was made that has waited longest, whether it was tried or waits for a place, 0 when there is none. ${ALSO}`,
    Math.max(0, webhooks.oldestSeconds ?? 0),
  );
  add(
    'vigie_webhook_disabled_endpoints',
    `Endpoints that are disabled, by why: their site did it (by_site), they answered 410 (gone), they failed for too long (failing). ${ALSO}`,
    [
      [{ reason: 'by_site' }, webhooks.by_site],
      [{ reason: 'gone' }, webhooks.gone],
      [{ reason: 'failing' }, webhooks.failing],
    ],
  );
  add(
    'vigie_webhook_unread_events',
    `Events of the log of which no messages were made yet. ${ALSO}`,
    Math.max(0, head - fanOut),
  );
  add(
    'vigie_webhook_unread_age_seconds',
    `How long the oldest of them has waited, 0 when there is none. ${ALSO}`,
    Math.max(0, fanOutSeconds ?? 0),
  );
}
