import { useState } from 'preact/hooks';
import type { CaseView } from '../../../contract/cases.js';
import { t, tOr } from '../i18n.js';
import { session, sites } from '../session.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
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
  const [policy, setPolicy] = useState('');
  const [note, setNote] = useState('');
  const [isMissing, setMissing] = useState(false);
  const plan = bulkPlan(cases, session.value?.staff.id, Date.now());
  // What colleagues hold stays with them.
  const count = plan.cases - plan.heldCount;
  const submit = (): void => {
    if (count === 0) return;
    if (action === 'block' && policy === '') setMissing(true);
    else onDecide({ action, policy: action === 'block' ? policy : null, note });
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
          <Field label={t('bulk.policy')} problem={isMissing ? t('bulk.policyMissing') : undefined}>
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
        <Field label={t('bulk.note')} hint={t('bulk.noteHint')}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              autofocus={action !== 'block'}
              dir="auto"
              maxLength={LONGEST_NOTE}
              value={note}
              onInput={({ currentTarget }) => setNote(currentTarget.value)}
            />
          )}
        </Field>
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
