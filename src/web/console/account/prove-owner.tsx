import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { Refusal } from '../ui/refusal.js';
import { useForm } from '../ui/use-form.js';
import { isComplete, type Needed, type Proof, ProofFields } from './proof-fields.js';

interface ProveOwnerProps {
  readonly needs: Needed;
  /** The words on the button. */
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly send: (proof: Proof) => Promise<void>;
}

/** Asks for what only the owner of the account knows, before something that a found computer must not do. */
export function ProveOwner({ needs, action, isDangerous = false, send }: ProveOwnerProps) {
  const [proof, setProof] = useState<Proof>({});
  const form = useForm(
    () => send(proof),
    () => isComplete(needs, proof),
  );
  return (
    <form class="stack" noValidate onSubmit={form.submit}>
      <p class="hint">{t('factor.prove')}</p>
      <ProofFields needs={needs} proof={proof} onProof={setProof} form={form} focused />
      <Refusal problem={form.problem} wait={form.wait} />
      <div class="actions">
        <Button
          type="submit"
          kind={isDangerous ? 'danger' : 'main'}
          isBusy={form.isBusy}
          waits={form.wait > 0}
        >
          {action}
        </Button>
      </div>
    </form>
  );
}
