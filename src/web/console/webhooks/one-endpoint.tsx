import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { SessionSite } from '../../../contract/session.js';
import type { EndpointAnswer, EndpointWithSecret } from '../../../contract/webhooks.js';
import { useAction } from '../action.js';
import { addressOf, api } from '../api.js';
import { formatTime, t } from '../i18n.js';
import { useLive } from '../live.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { Facts } from '../ui/facts.js';
import { Failed, Loading } from '../ui/page.js';
import { toast } from '../ui/toasts.js';
import { EndpointDialog, showSecret } from './endpoint-dialog.js';
import { EndpointEvents, EndpointState } from './endpoint-state.js';
import { Messages } from './messages.js';

/** How often its state is asked for, in milliseconds. */
const EVERY = 10_000;

/** One endpoint: its state, what can be done with it, and what it was sent. */
export function OneEndpoint({ site, id }: { readonly site: SessionSite; readonly id: string }) {
  const { route } = useLocation();
  const query = { site: site.slug };
  const at = `/v1/webhook-endpoints/${encodeURIComponent(id)}`;
  const { data, problem, reload, show } = useLive(
    at,
    (how) => api.get<EndpointAnswer>(at, query, how),
    EVERY,
  );
  const action = useAction();
  const [isChanging, setChanging] = useState(false);
  const [sent, setSent] = useState(0);
  const back = (
    <p>
      <a href="/console/webhooks">{t('webhooks.back')}</a>
    </p>
  );
  if (data === undefined) {
    return (
      <>
        {back}
        {problem === null ? <Loading /> : <Failed problem={problem} onAgain={reload} />}
      </>
    );
  }
  const test = () =>
    action.run(async () => {
      await api.post(`${at}/test`, {}, query);
      setSent((turn) => turn + 1);
      toast(t('webhooks.tested'));
    });
  const enable = (enabled: boolean) =>
    action.run(async () => show(await api.patch<EndpointAnswer>(addressOf(at, query), { enabled })));
  const disable = async (): Promise<void> => {
    const yes = await confirm({
      title: t('webhooks.disableTitle'),
      body: <p>{t('webhooks.disableText')}</p>,
      action: t('webhooks.disable'),
      isDangerous: true,
    });
    if (yes) await enable(false);
  };
  const rotate = async (): Promise<void> => {
    const yes = await confirm({
      title: t('webhooks.rotateTitle'),
      body: <p>{t('webhooks.rotateText')}</p>,
      action: t('webhooks.rotate'),
    });
    if (!yes) return;
    await action.run(async () => {
      const { secret } = await api.post<EndpointWithSecret>(`${at}/rotate-secret`, {}, query);
      reload();
      showSecret(secret);
    });
  };
  const remove = async (): Promise<void> => {
    const yes = await confirm({
      title: t('webhooks.removeTitle'),
      body: (
        <>
          <p class="address">{data.url}</p>
          <p>{t('webhooks.removeText')}</p>
        </>
      ),
      action: t('webhooks.remove'),
      isDangerous: true,
    });
    if (!yes) return;
    await action.run(async () => {
      await api.remove(at, query);
      toast(t('webhooks.removed'));
      route('/console/webhooks');
    });
  };
  return (
    <>
      {back}
      <section class="card stack" aria-label={t('webhooks.endpoint')}>
        <Facts
          of={[
            { name: t('webhooks.url'), value: <span class="address">{data.url}</span> },
            { name: t('webhooks.description'), value: <span dir="auto">{data.description || '–'}</span> },
            { name: t('webhooks.events'), value: <EndpointEvents of={data} /> },
            { name: t('webhooks.state'), value: <EndpointState of={data} /> },
            ...(data.oldSecretUntil === null
              ? []
              : [{ name: t('webhooks.oldSecret'), value: formatTime(data.oldSecretUntil) }]),
          ]}
        />
        <div class="actions">
          <Button kind="main" disabled={!data.enabled} waits={action.isBusy} onClick={() => void test()}>
            {t('webhooks.test')}
          </Button>
          <Button onClick={() => setChanging(true)}>{t('webhooks.change')}</Button>
          {data.enabled ? (
            <Button waits={action.isBusy} onClick={() => void disable()}>
              {t('webhooks.disable')}
            </Button>
          ) : (
            <Button waits={action.isBusy} onClick={() => void enable(true)}>
              {t('webhooks.enable')}
            </Button>
          )}
          <Button waits={action.isBusy} onClick={() => void rotate()}>
            {t('webhooks.rotate')}
          </Button>
          <Button waits={action.isBusy} onClick={() => void remove()}>
            {t('webhooks.remove')}
          </Button>
        </div>
        {data.enabled ? null : <p class="notice warn">{t('webhooks.disabledHint')}</p>}
      </section>
      <Messages at={at} site={site} turn={sent} isEnabled={data.enabled} />
      {isChanging ? (
        <EndpointDialog site={site} endpoint={data} onClose={() => setChanging(false)} onSaved={reload} />
      ) : null}
    </>
  );
}
