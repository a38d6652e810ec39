import { useState } from 'preact/hooks';
import type { CreatedKeyAnswer, KeyAnswer } from '../../../contract/keys.js';
import type { SessionSite } from '../../../contract/session.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { snippetOf } from '../sites/snippet.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { TextField } from '../ui/form.js';
import { Empty } from '../ui/page.js';
import { showOnce } from '../ui/shown-once.js';
import { toast } from '../ui/toasts.js';
import { KeyRow } from './key-row.js';
import { wrongField } from '../ui/service-said.js';

/** As the service has it: one in use, and one to take its place. */
const MOST_LIVE = 2;

interface KeysOfKindProps {
  readonly site: SessionSite;
  readonly kind: KeyAnswer['kind'];
  readonly keys: readonly KeyAnswer[];
  readonly onChanged: () => void;
}

/** The keys of one kind, those that are revoked too, and one more. */
export function KeysOfKind({ site, kind, keys, onChanged }: KeysOfKindProps) {
  const action = useAction();
  const [name, setName] = useState('');
  const live = keys.filter(({ revokedAt }) => revokedAt === null);
  const make = (): Promise<boolean> =>
    action.run(async () => {
      const made = await api.post<CreatedKeyAnswer>(`/v1/sites/${site.slug}/keys`, {
        kind,
        name: name.trim(),
      });
      setName('');
      onChanged();
      show(made);
    });
  const revoke = async (key: KeyAnswer): Promise<void> => {
    const yes = await confirm({
      title: t('keys.revokeTitle', { hint: key.hint }),
      body: (
        <>
          <p>{t(`keys.revoke.${kind}`)}</p>
          <p>{live.length > 1 ? t('keys.revoke.other') : t('keys.revoke.last')}</p>
        </>
      ),
      action: t('keys.revoke'),
      isDangerous: true,
    });
    if (!yes) return;
    await action.run(async () => {
      await api.remove(`/v1/sites/${site.slug}/keys/${key.id}`);
      onChanged();
      toast(t('keys.revoked', { hint: key.hint }));
    });
  };
  const heading = `keys-${kind}`;
  return (
    <section class="stack form" aria-labelledby={heading}>
      <h2 id={heading}>{t(`keys.kind.${kind}`)}</h2>
      <p>{t(`keys.about.${kind}`)}</p>
      {keys.length === 0 ? (
        <Empty title={t('keys.none')}>
          <p>{t('keys.noneHint')}</p>
        </Empty>
      ) : (
        <ul class="rows">
          {[...live, ...keys.filter(({ revokedAt }) => revokedAt !== null)].map((key) => (
            <KeyRow key={key.id} of={key} isBusy={action.isBusy} onRevoke={() => void revoke(key)} />
          ))}
        </ul>
      )}
      {live.length >= MOST_LIVE ? (
        <p class="notice">{t('keys.enough')}</p>
      ) : (
        <form
          class="inline-form two"
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          <TextField
            label={t('keys.name')}
            hint={t('keys.nameHint')}
            value={name}
            problem={wrongField(action.problem, '/name')}
            onInput={setName}
          />
          <Button type="submit" kind="main" isBusy={action.isBusy}>
            {t(`keys.make.${kind}`)}
          </Button>
        </form>
      )}
    </section>
  );
}

function show({ kind, key, readerSigningSecret }: CreatedKeyAnswer): void {
  const values = [{ name: t(`keys.kind.${kind}`), value: key }];
  if (kind === 'publishable') values.push({ name: t('sites.snippet'), value: snippetOf(key) });
  if (readerSigningSecret !== undefined) {
    values.push({ name: t('keys.readerSecret'), value: readerSigningSecret });
  }
  showOnce({ title: t('keys.made'), hint: t(`keys.keep.${kind}`), values });
}
