import { formatTime, t } from '../i18n.js';
import { site, sites } from '../session.js';
import './automation.css';
import { useAutomation } from './use-automation.js';

/** That automatic blocking is paused on a site, since when and why, as long as it is. */
export default function BreakerBanner() {
  const chosen = site.value;
  const { data = [] } = useAutomation(chosen === null ? sites.value : [chosen]);
  return (
    <div role="status" class="breakers">
      {data.map(({ site: { slug, name }, automation: { breaker, held } }) =>
        breaker?.tripped === true ? (
          <p key={slug} class="notice warn breaker">
            <strong>
              {chosen === null && sites.value.length > 1
                ? t('automation.pausedOn', { site: name })
                : t('automation.paused')}
            </strong>{' '}
            {t('automation.why', {
              blocks: breaker.blocksInHour,
              limit: breaker.limit,
              since: breaker.since === null ? 'none' : formatTime(breaker.since, { timeStyle: 'short' }),
            })}{' '}
            {t('automation.held', { count: held.cases })}{' '}
            {held.cases === 0 ? null : (
              <a href={`/console/queue?status=held&site=${slug}`}>{t('automation.toHeld')}</a>
            )}
          </p>
        ) : null,
      )}
    </div>
  );
}
