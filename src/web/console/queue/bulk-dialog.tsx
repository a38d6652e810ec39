import type { CaseView } from '../../../contract/cases.js';
import { t } from '../i18n.js';
import { session, sites } from '../session.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { NoteField, PolicyField, usePolicyAndNote } from '../ui/policy-and-note.js';
import { type BulkAction, type BulkChoice, bulkPlan, commonPolicies } from './bulk-plan.js';

/** Characters of a note. */
const LONGEST_NOTE = 4_000;

interface BulkDialogProps {
  readonly action: BulkAction;
  readonly cases: readonly CaseView[];
  readonly onDecide: (choice: BulkChoice) => void;
  readonly onClose: () => void;
}

const TITLES = {
  block: 'bulk.blockMany',
  keep: 'bulk.keepMany',
  escalate: 'bulk.escalateMany',
} as const;
const BUTTONS = { block: 'bulk.doBlock', keep: 'bulk.doKeep', escalate: 'bulk.doEscalate' } as const;

/** Says what will happen, and asks for what the decisions need. */
export function BulkDialog({ action, cases, onDecide, onClose }: BulkDialogProps) {
  const policies = commonPolicies(cases, sites.value);
  const typed = usePolicyAndNote();
  const plan = bulkPlan(cases, session.value?.staff.id);
  const count = plan.cases - plan.heldCount;
  // What colleagues hold stays with them.
  const submit = (): void => {
    if (count === 0) return;
    const { policy, note } = typed;
    if (action !== 'block') onDecide({ action, policy: null, note });
    else if (typed.hasPolicy()) onDecide({ action, policy, note });
  };
  return (
    <Dialog title={t(TITLES[action], { count })} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ul class="plan">
          {count === 0 ? (
            <li class="warning">
              {t('bulk.allHeld')} <bdi>{plan.held.map(({ email }) => email).join(', ')}</bdi>
            </li>
          ) : (
            <>
              <li>
                {action === 'block'
                  ? t('bulk.willBlock', { visible: plan.visible, hidden: plan.hidden })
                  : action === 'keep'
                    ? t('bulk.willKeep', { hidden: plan.hidden })
                    : t('bulk.willEscalate', { count })}
              </li>
              <li>{t('bulk.reports', { count: plan.reports })}</li>
            </>
          )}
          {(count === 0 ? [] : plan.held).map(({ email, count: held }) => (
            <li key={email} class="warning">
              {t('bulk.held', { who: email, count: held })}
            </li>
          ))}
          {plan.flagged === 0 ? null : <li class="warning">{t('bulk.flagged', { count: plan.flagged })}</li>}
          {count === 0 ? null : <li>{t('bulk.willUndo')}</li>}
        </ul>
        {action === 'block' && policies.length === 0 ? (
          <p class="problem" role="alert">
            {t('bulk.policyNone')}
          </p>
        ) : action === 'block' ? (
          <PolicyField typed={typed} policies={policies} missing={t('bulk.policyMissing')} />
        ) : null}
        <NoteField
          typed={typed}
          label={t('bulk.note')}
          hint={t('bulk.noteHint')}
          longest={LONGEST_NOTE}
          isFirst={action !== 'block'}
        />
        <footer class="actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            kind={action === 'block' ? 'danger' : 'main'}
            disabled={count === 0 || (action === 'block' && policies.length === 0)}
          >
            {t(BUTTONS[action], { count })}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
