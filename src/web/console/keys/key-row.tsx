import type { KeyAnswer } from '../../../contract/keys.js';
import { t } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { Button } from '../ui/button.js';

interface KeyRowProps {
  readonly of: KeyAnswer;
  readonly isBusy: boolean;
  readonly onRevoke: () => void;
}

/** A key as far as anybody can still see it: how it ends, who made it, whether it works. */
export const KeyRow = ({ of: key, isBusy, onRevoke }: KeyRowProps) => (
  <li class="card">
    <div class="main">
      <strong>
        {key.name === '' ? null : (
          <>
            <bdi>{key.name}</bdi>{' '}
          </>
        )}
        <code class="address">…{key.hint}</code>{' '}
        {key.revokedAt === null ? (
          <span class="badge good">{t('keys.live')}</span>
        ) : (
          <span class="badge bad">{t('keys.isRevoked')}</span>
        )}
      </strong>
      <span class="hint">
        {key.createdBy === null ? t('keys.byOperator') : <bdi>{key.createdBy}</bdi>}
        {' · '}
        <Ago at={key.createdAt} />
        {key.revokedAt === null ? null : (
          <>
            {' · '}
            {t('keys.revokedSince')} <Ago at={key.revokedAt} />
          </>
        )}
      </span>
    </div>
    {key.revokedAt === null ? (
      <Button onClick={onRevoke} waits={isBusy} label={`${t('keys.revoke')}: …${key.hint}`}>
        {t('keys.revoke')}
      </Button>
    ) : null}
  </li>
);
