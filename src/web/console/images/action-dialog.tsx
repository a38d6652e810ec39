import { useState } from 'preact/hooks';
import type { CaseView } from '../../../contract/cases.js';
import type { BlockView, ImageHistory } from '../../../contract/images.js';
import { api } from '../api.js';
import { t, tOr } from '../i18n.js';
import { useLive } from '../live.js';
import { session } from '../session.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { effectOf, type ImageAction } from './what-stays.js';

export interface ActionChoice {
  readonly policy: string | null;
  readonly note: string;
}

interface ActionDialogProps {
  readonly action: ImageAction;
  readonly image: ImageHistory | null;
  readonly policies: readonly string[];
  readonly onDo: (choice: ActionChoice) => void;
  readonly onClose: () => void;
}

/** Characters of a note that goes with an image. */
const LONGEST_NOTE = 1_000;

/** Says what an action will do and what it will not, and asks for what it needs. */
export function ActionDialog({ action, image, policies, onDo, onClose }: ActionDialogProps) {
  const [policy, setPolicy] = useState('');
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const hasNote = action === 'block' || action === 'protect';
  return (
    <Dialog title={t(`image.act.${action}`)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (action === 'block' && policy === '') setMissing(true);
          else onDo({ policy: action === 'block' ? policy : null, note });
        }}
      >
        <WhatWillHappen action={action} image={image} />
        {action === 'block' ? (
          <Field label={t('image.policy')} problem={isMissing ? t('image.policyMissing') : undefined}>
            {(control) => (
              <select
                {...control}
                autofocus
                value={policy}
                onChange={({ currentTarget: { value } }) => {
                  setPolicy(value);
                  setMissing(false);
                }}
              >
                <option value="" />
                {policies.map((one) => (
                  <option key={one} value={one}>
                    {tOr(`reason.${one}`, one)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ) : null}
        {hasNote ? (
          <Field label={t('image.note')} hint={t('image.noteHint')}>
            {(control) => (
              <textarea
                {...control}
                rows={2}
                dir="auto"
                maxLength={LONGEST_NOTE}
                autofocus={action === 'protect'}
                value={note}
                onInput={({ currentTarget }) => setNote(currentTarget.value)}
              />
            )}
          </Field>
        ) : null}
        <footer class="actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind={action === 'block' ? 'danger' : 'main'}>
            {t(`image.act.${action}`)}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function WhatWillHappen({ action, image }: Pick<ActionDialogProps, 'action' | 'image'>) {
  const { lifted, stays, isShownAfter } = effectOf(action, image?.blocks ?? []);
  const isDecision = action === 'block' || action === 'unblock';
  const waiting = image?.cases.find(({ status }) => status !== 'closed');
  return (
    <ul class="plan">
      <li>
        {t(action === 'block' && image?.blocked === true ? 'image.will.blockHidden' : `image.will.${action}`)}
      </li>
      {action === 'protect' ? <li>{t('image.will.protectLifts', { count: lifted.length })}</li> : null}
      {action === 'block' ? null : isShownAfter ? (
        <li>{t('image.will.shown')}</li>
      ) : (
        <li class="warning">
          {t('image.will.stays')} <Stays blocks={stays} />
        </li>
      )}
      {isDecision && image?.reviewState === 'escalated' ? (
        <li class="warning">{t('image.will.needsLead')}</li>
      ) : null}
      {isDecision && waiting !== undefined ? <ClosedCase id={waiting.id} /> : null}
      {isDecision ? <li>{t('bulk.willUndo')}</li> : null}
    </ul>
  );
}

const Stays = ({ blocks }: { readonly blocks: readonly BlockView[] }) => (
  <>
    {[...new Set(blocks.map(({ source }) => source))].map((source) => (
      <span key={source}>
        {source === 'publisher' ? t('image.will.staysPublisher') : t('image.will.staysModerator')}{' '}
      </span>
    ))}
  </>
);

/** That a case is closed by this, and who works on it. */
function ClosedCase({ id }: { readonly id: string }) {
  const found = useLive<CaseView>(id, (how) => api.get(`/v1/cases/${id}`, {}, how));
  const lease = found.data?.lease ?? null;
  const isOthers =
    lease !== null && lease.holder.id !== session.value?.staff.id && Date.parse(lease.expiresAt) > Date.now();
  return (
    <li class={isOthers ? 'warning' : undefined}>
      {t('image.will.closesCase')} {isOthers ? t('image.will.heldBy', { who: lease.holder.email }) : null}
    </li>
  );
}
