import type { EndpointAnswer } from '../../../contract/webhooks.js';
import { formatTime, t, tOr } from '../i18n.js';
import { Ago } from '../ui/ago.js';

/** Whether an endpoint gets messages, and why not. */
export function EndpointState({ of }: { readonly of: EndpointAnswer }) {
  if (!of.enabled) {
    return (
      <span>
        <span class="badge bad">{t('webhooks.disabled')}</span>{' '}
        {of.disabledReason === null ? null : t(`webhooks.because.${of.disabledReason}`)}{' '}
        {of.disabledAt === null ? null : <Ago at={of.disabledAt} />}
      </span>
    );
  }
  if (of.failingSince !== null) {
    return (
      <span>
        <span class="badge warn">
          {t('webhooks.failing')} <time dateTime={of.failingSince}>{formatTime(of.failingSince)}</time>
        </span>
      </span>
    );
  }
  return <span class="badge good">{t('webhooks.enabled')}</span>;
}

export const EndpointEvents = ({ of }: { readonly of: EndpointAnswer }) => (
  <span class="hint">
    {of.events.includes('*')
      ? t('webhooks.all')
      : of.events.map((event) => tOr(`webhooks.event.${event}`, event)).join(' · ')}
  </span>
);
