import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import type { AccountEventView } from '../../../contract/account-events.js';
import type { EventView } from '../../../contract/events.js';
import { useCommands } from '../commands.js';
import { formatNumber, t } from '../i18n.js';
import { hasRole, site, sites } from '../session.js';
import { useSiteInAddress } from '../site-in-address.js';
import { Button } from '../ui/button.js';
import '../ui/lists.css';
import { Empty, Failed, Loading, Page } from '../ui/page.js';
import { Timeline } from '../ui/timeline.js';
import { AccountTimeline } from './account-timeline.js';
import { type Log, useLog } from './use-log.js';

/** What happened: to images and cases; and, for leads and admins, to accounts and rights. */
export default function LogPage() {
  const { query } = useLocation();
  const isLead = hasRole('lead', site.value ?? undefined);
  const which = query['of'] === 'accounts' && isLead ? 'accounts' : null;
  const { to, slug } = useSiteInAddress('/console/log', { of: which });
  return (
    <Page title={t('page.log')}>
      {isLead ? (
        <nav class="tabs" aria-label={t('log.tabs')}>
          <a href={to({})} aria-current={which === null ? 'page' : undefined}>
            {t('log.site')}
          </a>
          <a href={to({ of: 'accounts' })} aria-current={which === null ? undefined : 'page'}>
            {t('log.accounts')}
          </a>
        </nav>
      ) : null}
      {which === null ? (
        <EventLog key={`events ${slug}`} slug={slug} />
      ) : (
        <AccountLog key={`accounts ${slug}`} slug={slug} />
      )}
    </Page>
  );
}

function EventLog({ slug }: { readonly slug: string | null }) {
  const log = useLog<EventView>('/v1/events', { site: slug });
  return (
    <Shown log={log}>
      {(events) => <Timeline events={events} isOfMany hasSite={slug === null && sites.value.length > 1} />}
    </Shown>
  );
}

function AccountLog({ slug }: { readonly slug: string | null }) {
  const log = useLog<AccountEventView>('/v1/account-events', { site: slug });
  return <Shown log={log}>{(events) => <AccountTimeline events={events} />}</Shown>;
}

interface ShownProps<T> {
  readonly log: Log<T>;
  readonly children: (items: readonly T[]) => ComponentChildren;
}

function Shown<T>({ log, children }: ShownProps<T>) {
  const { pages, newCount, isMany } = log;
  useCommands([{ id: 'log refresh', name: 'log.refresh', group: 'page.log', key: 'r', run: pages.reload }]);
  if (pages.items === undefined)
    return pages.problem === null ? <Loading /> : <Failed problem={pages.problem} onAgain={pages.reload} />;
  return (
    <>
      <div class="news" role="status">
        {newCount === 0 ? null : (
          <div class="news-inside">
            <span>{t(isMany ? 'log.newMany' : 'log.new', { count: newCount })}</span>
            <Button onClick={pages.reload} shortcut="r">
              {t('log.newShow')}
            </Button>
          </div>
        )}
      </div>
      {pages.items.length === 0 ? (
        <Empty title={t('log.empty')}>
          <p>{t('log.emptyHint')}</p>
        </Empty>
      ) : (
        children(pages.items)
      )}
      {pages.hasMore ? (
        <Button onClick={pages.more} isBusy={pages.isLoading} class="more">
          {t('log.more')} ({formatNumber(pages.items.length)})
        </Button>
      ) : null}
    </>
  );
}
