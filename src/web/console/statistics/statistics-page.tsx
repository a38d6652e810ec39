import { useState } from 'preact/hooks';
import type { SessionSite } from '../../../contract/session.js';
import type { StatsAnswer } from '../../../contract/stats.js';
import { api, type Query } from '../api.js';
import { t } from '../i18n.js';
import { useLive } from '../live.js';
import { oneOf, preference } from '../preferences.js';
import { hasRole } from '../session.js';
import { ForSite } from '../ui/for-site.js';
import { Empty, Failed, Loading, Page } from '../ui/page.js';
import { AsFile, Moderators, Reasons } from './breakdown.js';
import { Controls } from './controls.js';
import { Drawn } from './drawing.js';
import { drawingsOf, isNothing } from './drawings.js';
import { type AskedRange, daysBefore, queryOf, type RangeQuery, type Span, todayIn } from './range.js';
import { Tiles } from './tiles.js';
import './statistics.css';

const chosenSpan = preference<Span>('statistics-span', '30', oneOf('7', '30', '90', 'own'));
const chosenBucket = preference<AskedRange['bucket']>('statistics-step', 'day', oneOf('day', 'hour'));

/** Numbers of a minute ago are good enough. */
const EVERY = 60_000;

/** What happened on a site. */
export default function StatisticsPage() {
  return (
    <Page title={t('page.statistics')}>
      <ForSite path="/console/statistics" role="moderator">
        {(of) => <OfSite key={of.id} of={of} />}
      </ForSite>
    </Page>
  );
}

function OfSite({ of }: { readonly of: SessionSite }) {
  const [own, setOwn] = useState(() => {
    const today = todayIn(of.timeZone, new Date());
    return { from: daysBefore(today, 6), to: today };
  });
  const asked: AskedRange = { ...own, span: chosenSpan.value, bucket: chosenBucket.value };
  const query = queryOf(asked, of.timeZone, new Date());
  const ask = (changed: AskedRange): void => {
    chosenSpan.value = changed.span;
    chosenBucket.value = changed.bucket;
    setOwn({ from: changed.from, to: changed.to });
  };
  const controls = (problem?: string) => <Controls asked={asked} onAsk={ask} problem={problem} />;
  if (query === null) return controls(t('statistics.wrongDates'));
  return (
    <>
      {controls()}
      <OfTime of={of} query={query} />
    </>
  );
}

function OfTime({ of, query }: { readonly of: SessionSite; readonly query: RangeQuery }) {
  const asked: Query = { site: of.slug, ...query };
  const { data, problem, reload } = useLive<StatsAnswer>(
    JSON.stringify(asked),
    (how) => api.get<StatsAnswer>('/v1/stats', asked, how),
    EVERY,
  );
  if (data === undefined)
    return problem === null ? <Loading /> : <Failed problem={problem} onAgain={reload} />;
  if (isNothing(data.totals)) {
    return (
      <Empty title={t('statistics.nothing')}>
        <p>{t('statistics.nothingHint')}</p>
      </Empty>
    );
  }
  return (
    <>
      <p class="hint statistics-zone">
        {t('statistics.zone', { zone: data.timeZone })} <AsFile query={asked} table="buckets" />
      </p>
      <Tiles totals={data.totals} />
      <div class="drawings">
        {drawingsOf(data.buckets).map((drawing) => (
          <Drawn key={drawing.name} drawing={drawing} buckets={data.buckets} bucket={query.bucket} />
        ))}
      </div>
      <Reasons stats={data} query={asked} />
      <Moderators stats={data} query={asked} all={hasRole('lead', of)} />
    </>
  );
}
