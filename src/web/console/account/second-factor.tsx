import { useState } from 'preact/hooks';
import type { OfferedSecretAnswer, RecoveryCodesAnswer } from '../../../contract/session.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { checkSession, session } from '../session.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { toast } from '../ui/toasts.js';
import { ProveOwner } from './prove-owner.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SetUpFactor } from './set-up-factor.js';

/** What is being done about it. */
type Step =
  | { readonly do: 'begin' | 'renew' | 'remove' }
  | { readonly do: 'confirm'; readonly offered: OfferedSecretAnswer }
  | { readonly do: 'keep'; readonly codes: readonly string[] };

/** The second factor: set up, moved, removed; and its recovery codes. */
export function SecondFactor() {
  const [step, setStep] = useState<Step | null>(null);
  const has = session.value?.secondFactor === true;
  return (
    <section class="card">
      <h2>
        {t('factor.title')}{' '}
        <span class={has ? 'badge good' : 'badge warn'}>{t(has ? 'factor.isOn' : 'factor.isOff')}</span>
      </h2>
      <p class="hint">{t('factor.text')}</p>
      <div class="actions">
        {has ? (
          <>
            <Button onClick={() => setStep({ do: 'renew' })}>{t('factor.codesNew')}</Button>
            <Button onClick={() => setStep({ do: 'begin' })}>{t('factor.beginOther')}</Button>
            <Button kind="quiet" onClick={() => setStep({ do: 'remove' })}>
              {t('factor.remove')}
            </Button>
          </>
        ) : (
          <Button kind="main" onClick={() => setStep({ do: 'begin' })}>
            {t('factor.begin')}
          </Button>
        )}
      </div>
      {step === null ? null : <FactorDialog step={step} has={has} onStep={setStep} />}
    </section>
  );
}

interface FactorDialogProps {
  readonly step: Step;
  readonly has: boolean;
  readonly onStep: (step: Step | null) => void;
}

function FactorDialog({ step, has, onStep }: FactorDialogProps) {
  const close = (): void => onStep(null);
  const keep = (codes: readonly string[]): void => {
    onStep({ do: 'keep', codes });
    void checkSession();
  };
  switch (step.do) {
    case 'begin':
      return (
        <Dialog title={t('signIn.enrolTitle')} onClose={close}>
          <ProveOwner
            needs={has ? 'both' : 'password'}
            action={t('factor.begin')}
            send={async (proof) => {
              const offered = await api.post<OfferedSecretAnswer>('/v1/session/second-factor', proof);
              onStep({ do: 'confirm', offered });
            }}
          />
        </Dialog>
      );
    case 'confirm':
      return (
        <Dialog title={t('signIn.enrolTitle')} onClose={close}>
          <SetUpFactor offered={step.offered} onDone={keep} />
        </Dialog>
      );
    case 'keep':
      return (
        // Not closed by mistake: they are shown once.
        <Dialog title={t('factor.codesTitle')}>
          <RecoveryCodes
            codes={step.codes}
            email={session.value?.staff.email ?? ''}
            action={t('factor.codesKept')}
            onKept={close}
          />
        </Dialog>
      );
    case 'renew':
      return (
        <Dialog title={t('factor.codesNew')} onClose={close}>
          <p>{t('factor.codesNewText')}</p>
          <ProveOwner
            needs="code"
            action={t('factor.codesNew')}
            send={async ({ code }) => {
              const made = await api.post<RecoveryCodesAnswer>('/v1/session/recovery-codes', { code });
              keep(made.recoveryCodes);
            }}
          />
        </Dialog>
      );
    case 'remove':
      return (
        <Dialog title={t('factor.removeTitle')} onClose={close}>
          <ProveOwner
            needs="both"
            action={t('factor.remove')}
            isDangerous
            send={async (proof) => {
              await api.remove('/v1/session/second-factor', {}, proof);
              close();
              toast(t('factor.removed'));
              await checkSession();
            }}
          />
        </Dialog>
      );
  }
}
