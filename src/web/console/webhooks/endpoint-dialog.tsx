import { useState } from 'preact/hooks';
import type { SessionSite } from '../../../contract/session.js';
import type { EndpointAnswer, EndpointWithSecret } from '../../../contract/webhooks.js';
import { useAction } from '../action.js';
import { addressOf, api, type Problem } from '../api.js';
import { language, t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { CheckField, TextField } from '../ui/form.js';
import { showOnce } from '../ui/shown-once.js';
import { toast } from '../ui/toasts.js';
import { EVENTS } from './events.js';
import { wrongField } from '../ui/service-said.js';
import { whyWrongUrl } from './why-wrong-url.js';

interface EndpointDialogProps {
  readonly site: SessionSite;
  /** Null: a new one. */
  readonly endpoint: EndpointAnswer | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** An endpoint in fields: a new one, or one that is there. */
export function EndpointDialog({ site, endpoint, onClose, onSaved }: EndpointDialogProps) {
  const action = useAction();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [events, setEvents] = useState<readonly string[]>(
    endpoint?.events ?? ['image.blocked', 'image.unblocked'],
  );
  const isAll = events.includes('*');
  const save = (): void => {
    void action.run(async () => {
      const body = { url: url.trim(), description: description.trim(), events };
      if (endpoint === null) {
        const made = await api.post<EndpointAnswer & Partial<EndpointWithSecret>>(
          '/v1/webhook-endpoints',
          body,
          { site: site.slug },
        );
        if (made.secret === undefined) toast(t('webhooks.isThere'));
        else showSecret(made.secret);
      } else {
        await api.patch(addressOf(`/v1/webhook-endpoints/${endpoint.id}`, { site: site.slug }), body);
        toast(t('common.saved'));
      }
      onSaved();
      onClose();
    });
  };
  return (
    <Dialog title={endpoint === null ? t('webhooks.add') : t('webhooks.change')} onClose={onClose}>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={t('webhooks.url')}
          hint={t('webhooks.urlHint')}
          keyboard="url"
          isCode
          value={url}
          problem={wrongUrl(action.problem)}
          onInput={setUrl}
          placeholder="https://www.example.ma/hooks/vigie"
        />
        <TextField
          label={t('webhooks.description')}
          hint={t('webhooks.descriptionHint')}
          value={description}
          problem={wrongField(action.problem, '/description')}
          onInput={setDescription}
        />
        <fieldset class="group plain">
          <legend>{t('webhooks.events')}</legend>
          <CheckField
            label={t('webhooks.all')}
            checked={isAll}
            onChange={(isOn) => setEvents(isOn ? ['*'] : ['image.blocked', 'image.unblocked'])}
          />
          {isAll
            ? null
            : EVENTS.map((event) => (
                <CheckField
                  key={event}
                  label={
                    <>
                      {t(`webhooks.event.${event}`)} <code class="address">{event}</code>
                    </>
                  }
                  checked={events.includes(event)}
                  onChange={(isOn) =>
                    setEvents(EVENTS.filter((one) => (one === event ? isOn : events.includes(one))))
                  }
                />
              ))}
          {action.problem?.of('/events') === undefined ? null : (
            <p class="problem" role="alert">
              {t('webhooks.oneEvent')}
            </p>
          )}
        </fieldset>
        <footer class="actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="main" type="submit" isBusy={action.isBusy}>
            {endpoint === null ? t('webhooks.addGo') : t('common.save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

export const showSecret = (secret: string): void =>
  showOnce({
    title: t('webhooks.secretTitle'),
    hint: t('webhooks.secretHint'),
    values: [{ name: t('webhooks.secret'), value: secret }],
  });

/** Why the address is not taken. In English as the service says it. */
function wrongUrl(problem: Problem | null): string | undefined {
  const detail = problem?.of('/url');
  if (detail === undefined) return undefined;
  return language.value === 'en'
    ? `${t('webhooks.wrongUrl', { why: 'other' })} (${detail})`
    : t('webhooks.wrongUrl', { why: whyWrongUrl(detail) });
}
