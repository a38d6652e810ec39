import type { ComponentChildren } from 'preact';
import type { CaseView } from '../../../contract/cases.js';
import type { BlockView, ImageHistory } from '../../../contract/image-history.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useLive } from '../live.js';
import { session } from '../session.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { NoteField, PolicyField, usePolicyAndNote } from '../ui/policy-and-note.js';
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

/** How often it is asked who works on the case, in milliseconds. */
const EVERY = 5_000;
/** Characters of a note that goes with an image. */
const LONGEST_NOTE = 1_000;

/** Says what an action will do and what it will not, and asks for what it needs. */
export function ActionDialog({ action, image, policies, onDo, onClose }: ActionDialogProps) {
  const typed = usePolicyAndNote();
  const isDecision = action === 'block' || action === 'unblock';
  const waiting = isDecision ? image?.cases.find(({ status }) => status !== 'closed')?.id : undefined;
  const holder = useHolder(waiting);
  const hasNote = action === 'block' || action === 'protect';
  return (
    <Dialog title={t(`image.act.${action}`)} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { policy, note } = typed;
          if (action !== 'block') onDo({ policy: null, note });
          else if (typed.hasPolicy()) onDo({ policy, note });
        }}
      >
        <WhatWillHappen action={action} image={image}>
          {waiting === undefined ? null : <ClosedCase holder={holder} />}
        </WhatWillHappen>
        {action === 'block' ? (
          <PolicyField typed={typed} policies={policies} missing={t('image.policyMissing')} />
        ) : null}
        {hasNote ? (
          <NoteField
            typed={typed}
            label={t('image.note')}
            hint={t('image.noteHint')}
            longest={LONGEST_NOTE}
            isFirst={action === 'protect'}
          />
        ) : null}
        <footer class="actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" kind={action === 'block' ? 'danger' : 'main'}>
            {isDecision && holder !== null ? t(`image.anyway.${action}`) : t(`image.act.${action}`)}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

interface WhatWillHappenProps extends Pick<ActionDialogProps, 'action' | 'image'> {
  readonly children: ComponentChildren;
}

function WhatWillHappen({ action, image, children }: WhatWillHappenProps) {
  const { lifted, stays, isShownAfter } = effectOf(action, image?.blocks ?? []);
  const isDecision = action === 'block' || action === 'unblock';
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
      {children}
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

/** Who else works on a case now, as the service says (behaviour 36); null: nobody. */
function useHolder(id: string | undefined): string | null {
  const { data } = useLive<CaseView | null>(
    id ?? '',
    (how) => (id === undefined ? Promise.resolve(null) : api.get(`/v1/cases/${id}`, {}, how)),
    EVERY,
  );
  const holder = data?.lease?.holder;
  return holder === undefined || holder.id === session.value?.staff.id ? null : holder.email;
}

/** That a case is closed by this, and who works on it. */
const ClosedCase = ({ holder }: { readonly holder: string | null }) => (
  <li class={holder === null ? undefined : 'warning'}>
    {t('image.will.closesCase')} {holder === null ? null : t('image.will.heldBy', { who: holder })}
  </li>
);
