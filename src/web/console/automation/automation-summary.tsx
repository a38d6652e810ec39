import type { SessionSite } from '../../../contract/session.js';
import { formatNumber, t } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { Facts } from '../ui/facts.js';
import './automation.css';
import { useAutomation } from './use-automation.js';

/** How automatic blocking goes on a site, in figures: beside the rule that says what it may do. */
export function AutomationSummary({ site }: { readonly site: SessionSite }) {
  const now = useAutomation([site]).data?.[0]?.automation;
  if (now === undefined) return null;
  const { breaker, baseline, held, muted } = now;
  return (
    <section class="card stack" aria-labelledby="automation">
      <h2 id="automation">{t('automation.title')}</h2>
      <Facts
        of={[
          {
            name: t('automation.hour'),
            value:
              breaker === null
                ? t('automation.neverPauses')
                : t('automation.ofLimit', { blocks: breaker.blocksInHour, limit: breaker.limit }),
          },
          {
            name: t('automation.usual'),
            value:
              baseline === null ? (
                t('automation.notKnown')
              ) : (
                <>
                  {t('automation.perHour', {
                    blocks: Math.round(baseline.blocksPerHour * 10) / 10,
                    upheld: baseline.upheld,
                  })}{' '}
                  <span class="hint">
                    (<Ago at={baseline.at} />)
                  </span>
                </>
              ),
          },
          {
            name: t('automation.heldCases'),
            value:
              held.cases === 0 ? (
                formatNumber(0)
              ) : (
                <a href={`/console/queue?status=held&site=${site.slug}`}>
                  {t('automation.heldLate', { cases: held.cases, late: held.overAnHour })}
                </a>
              ),
          },
          {
            name: t('automation.muted'),
            value: <a href="/console/mutes">{formatNumber(muted)}</a>,
          },
        ]}
      />
    </section>
  );
}
