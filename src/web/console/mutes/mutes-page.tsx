import type { SessionSite } from '../../../contract/session.js';
import type { MuteView } from '../../../contract/mutes.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { formatNumber, t } from '../i18n.js';
import { usePages } from '../use-pages.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { ForSite } from '../ui/for-site.js';
import { Empty, Failed, Loading, Page } from '../ui/page.js';
import { toast } from '../ui/toasts.js';
import { MuteRow } from './mute-row.js';

/** Readers of a site whose reports do not count, and how that ends. */
export default function MutesPage() {
  return (
    <Page title={t('page.mutes')}>
      <ForSite path="/console/mutes" role="lead">
        {(site) => <MutesOf key={site.slug} site={site} />}
      </ForSite>
    </Page>
  );
}

function MutesOf({ site }: { readonly site: SessionSite }) {
  const action = useAction();
  const mutes = usePages<MuteView>('/v1/mutes', { site: site.slug });
  const { items, problem } = mutes;
  const lift = async ({ id }: MuteView): Promise<void> => {
    const yes = await confirm({
      title: t('mutes.liftTitle'),
      body: <p>{t('mutes.liftText')}</p>,
      action: t('mutes.lift'),
    });
    if (!yes) return;
    await action.run(async () => {
      await api.remove(`/v1/mutes/${id}`);
      mutes.reload();
      toast(t('mutes.lifted'));
    });
  };
  if (items === undefined) {
    return problem === null ? <Loading /> : <Failed problem={problem} onAgain={mutes.reload} />;
  }
  if (items.length === 0) {
    return (
      <Empty title={t('mutes.none')}>
        <p class="narrow">{t('mutes.noneHint')}</p>
      </Empty>
    );
  }
  return (
    <>
      <p class="narrow">{t('mutes.about')}</p>
      <ul class="rows narrow" aria-label={t('page.mutes')}>
        {items.map((mute) => (
          <MuteRow key={mute.id} mute={mute} isBusy={action.isBusy} onLift={() => void lift(mute)} />
        ))}
      </ul>
      {mutes.hasMore ? (
        <Button onClick={mutes.more} isBusy={mutes.isLoading}>
          {t('list.more')} ({formatNumber(items.length)})
        </Button>
      ) : null}
    </>
  );
}
