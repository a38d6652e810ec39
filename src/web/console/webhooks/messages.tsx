import { useEffect, useState } from 'preact/hooks';
import type { SessionSite } from '../../../contract/session.js';
import type { MessageAnswer, MessageStatus } from '../../../contract/webhooks.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useList } from '../list.js';
import { Button } from '../ui/button.js';
import { ChoiceField } from '../ui/form.js';
import { Empty, Failed, Loading } from '../ui/page.js';
import { toast } from '../ui/toasts.js';
import { Message } from './message.js';

/** How often they are asked for, in milliseconds. */
const EVERY = 3_000;

interface MessagesProps {
  readonly at: string;
  readonly site: SessionSite;
  /** Rises when one was sent from beside this list. */
  readonly turn: number;
  readonly isEnabled: boolean;
}

/** What an endpoint was sent, the newest first, with each try; by itself as it happens. */
export function Messages({ at, site, turn, isEnabled }: MessagesProps) {
  const [status, setStatus] = useState<MessageStatus | ''>('');
  const query = { site: site.slug, status: status === '' ? null : status };
  const { items, more, problem, reload } = useList<MessageAnswer>(`${at}/messages`, query, EVERY);
  const action = useAction();
  useEffect(() => {
    if (turn > 0) reload();
  }, [turn]);
  const retry = (message: MessageAnswer): void => {
    void action.run(async () => {
      await api.post(`${at}/messages/${message.id}/retry`, {}, { site: site.slug });
      reload();
      toast(t('webhooks.retried'));
    });
  };
  return (
    <section class="stack" aria-labelledby="messages">
      <header class="page-head">
        <h2 id="messages">{t('webhooks.messages')}</h2>
        <ChoiceField
          label={t('webhooks.show')}
          value={status}
          options={(['', 'pending', 'delivered', 'failed'] as const).map((value) => ({
            value,
            label: value === '' ? t('webhooks.status.all') : t(`webhooks.status.${value}`),
          }))}
          onChange={setStatus}
        />
      </header>
      {items === undefined ? (
        problem === null ? (
          <Loading />
        ) : (
          <Failed problem={problem} onAgain={reload} />
        )
      ) : items.length === 0 ? (
        <Empty title={t(status === '' ? 'webhooks.noMessages' : 'webhooks.noSuchMessages')}>
          {status === '' ? <p>{t('webhooks.noMessagesHint')}</p> : null}
        </Empty>
      ) : (
        <ul class="rows">
          {items.map((message) => (
            <Message
              key={message.id}
              message={message}
              onRetry={isEnabled ? () => retry(message) : null}
              isBusy={action.isBusy}
            />
          ))}
        </ul>
      )}
      {more === null ? null : <Button onClick={more}>{t('list.more')}</Button>}
    </section>
  );
}
