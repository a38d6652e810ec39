import { useState } from 'preact/hooks';
import type { ThresholdRuleAnswer } from '../../../../contract/rules.js';
import type { SessionSite } from '../../../../contract/session.js';
import type { ThresholdRule } from '../../../../core/threshold-rule.js';
import { formatNumber, t } from '../../i18n.js';
import { todayIn } from '../../statistics/range.js';
import { Button } from '../../ui/button.js';
import { Failed } from '../../ui/page.js';
import { Apply } from './apply.js';
import { Differences } from './differences.js';
import { isPeriod, MOST_DAYS, periodQuery, usualPeriod } from './period.js';
import { PeriodFields } from './period-fields.js';
import './replay.css';
import { SideBySide } from './side-by-side.js';
import { useReplay } from './use-replay.js';

interface TryRuleProps {
  readonly site: SessionSite;
  readonly current: ThresholdRuleAnswer;
  /** What of it the form changes; null: a field is wrong. */
  readonly change: Partial<ThresholdRule> | null;
  readonly onApplied: (answer: ThresholdRuleAnswer) => void;
  /** Somebody else has saved another version meanwhile. */
  readonly onStale: () => void;
}

/** What the rule in the form would have done with what was reported, before it is anybody's rule. */
export function TryRule({ site, current, change, onApplied, onStale }: TryRuleProps) {
  const today = todayIn(site.timeZone, new Date());
  const [period, setPeriod] = useState(() => usualPeriod(today));
  const { current: shown, start, cancel } = useReplay(`/v1/sites/${site.slug}/threshold-rule/replay`);
  const isAskable = isPeriod(period);
  const isNothing = change === null || Object.keys(change).length === 0;
  const question = JSON.stringify([change, period]);
  const run = (): void =>
    start(question, { rule: change, ...periodQuery(period, site.timeZone, new Date()) });
  const isRunning = shown.state === 'running';
  // Of another rule, another time, or beside a rule that is not today's any more.
  const isOld =
    shown.state === 'done' && (shown.question !== question || shown.answer.ruleVersion !== current.version);
  return (
    <section class="card stack replay" id="try-rule" tabIndex={-1} aria-labelledby="try-rule-title">
      <h2 id="try-rule-title">{t('replay.title')}</h2>
      <p class="hint">{t('replay.about')}</p>
      <PeriodFields
        period={period}
        today={today}
        problem={!isAskable ? t('replay.wrongDates', { most: MOST_DAYS }) : undefined}
        onChange={setPeriod}
      />
      <div class="actions">
        <Button kind="main" disabled={isNothing || !isAskable} waits={isRunning} onClick={run}>
          {t('replay.start')}
        </Button>
        {isRunning ? <Button onClick={cancel}>{t('common.cancel')}</Button> : null}
        {isNothing && shown.state === 'none' ? (
          <span class="hint">{t(change === null ? 'replay.mendFirst' : 'replay.changeFirst')}</span>
        ) : null}
      </div>
      <div role="status">
        {isRunning ? <Progress done={shown.done} of={shown.of} /> : null}
        {shown.state === 'done' && !isOld ? <p class="unseen">{t('replay.done')}</p> : null}
        {isOld ? <p class="notice warn">{t('replay.old')}</p> : null}
      </div>
      {shown.state === 'refused' ? (
        <Failed problem={shown.problem} onAgain={run} />
      ) : shown.state === 'done' ? (
        <div class="stack" role="group" aria-label={t('replay.outcome')}>
          <SideBySide of={shown.answer} />
          <Differences of={shown.answer.differences} version={shown.answer.ruleVersion} />
          {isOld || change === null ? null : (
            <Apply
              site={site}
              version={current.version}
              change={change}
              open={shown.answer.openImages}
              onApplied={onApplied}
              onStale={onStale}
            />
          )}
        </div>
      ) : null}
    </section>
  );
}

const Progress = ({ done, of }: { readonly done: number; readonly of: number | null }) => (
  <p class="replay-progress">
    <progress
      aria-label={t('replay.progress')}
      {...(of === null ? {} : { value: Math.min(done, of), max: Math.max(of, 1) })}
    />
    <span class="hint" aria-hidden="true">
      {of === null
        ? t('replay.begins')
        : t('replay.reports', { done: formatNumber(done), of: formatNumber(of) })}
    </span>
  </p>
);
