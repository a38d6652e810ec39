import type { ThresholdRuleAnswer } from '../../../contract/rules.js';
import type { SessionSite } from '../../../contract/session.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { useEditing } from '../unsaved.js';
import { SaveBar } from '../ui/form.js';
import { wrongField } from '../ui/service-said.js';
import { toast } from '../ui/toasts.js';
import { bareRule, changeOf } from './bare-rule.js';
import { TryRule } from './replay/try-rule.js';
import { ruleChanges } from './rule-changes.js';
import { RuleFields } from './rule-fields.js';
import { formOf, ruleOf } from './rule-form.js';
import { RuleText, Sentences } from './rule-text.js';

interface RuleEditorProps {
  readonly site: SessionSite;
  readonly current: ThresholdRuleAnswer;
  readonly onSaved: (answer: ThresholdRuleAnswer) => void;
  /** Somebody else has saved another version meanwhile. */
  readonly onStale: () => void;
}

/** The rule in fields, beside what it says in sentences, which change as one types. */
export function RuleEditor({ site, current, onSaved, onStale }: RuleEditorProps) {
  const saved = bareRule(current);
  const { value: form, isDirty, change, discard } = useEditing(`rule ${site.slug}`, formOf(saved));
  const action = useAction();
  const { rule, wrong } = ruleOf(form, saved);
  const changes = ruleChanges(saved, rule);
  const problemOf = (pointer: string): string | undefined => {
    const bounds = wrong.get(pointer);
    if (bounds === undefined) return wrongField(action.problem, pointer);
    return t('form.wholeNumber', { from: bounds[0], to: bounds[1] });
  };
  const applied = (answer: ThresholdRuleAnswer): void => {
    discard();
    onSaved(answer);
  };
  const save = async (): Promise<void> => {
    await action.run(async () => {
      const body = { ...changeOf(saved, rule), version: current.version };
      try {
        const answer = await api.put<ThresholdRuleAnswer>(`/v1/sites/${site.slug}/threshold-rule`, body);
        applied(answer);
        toast(t('rules.saved', { version: answer.version }));
      } catch (error) {
        // What was not touched is theirs then; what was typed stays.
        onStale();
        throw error;
      }
    });
  };
  const editor = (
    <div class="rule-editor">
      <RuleText rule={rule} version={isDirty ? null : current.version} />
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (wrong.size === 0 && isDirty) void save();
        }}
      >
        <RuleFields form={form} reasons={site.reasons} change={change} problemOf={problemOf} />
        {isDirty ? (
          <SaveBar
            isBusy={action.isBusy}
            isOff={wrong.size > 0 || changes.length === 0}
            onSave={() => void save()}
            onDiscard={() => {
              action.forget();
              discard();
            }}
          >
            <h2>{t('rules.willChange')}</h2>
            {wrong.size > 0 ? <p class="problem">{t('form.mend', { fields: wrong.size })}</p> : null}
            {changes.length === 0 ? null : <Sentences of={changes} />}
            <p class="hint">{t('rules.fromNowOn')}</p>
            <p>
              <button type="button" class="link-button" onClick={goToTry}>
                {t('replay.tryFirst')}
              </button>
            </p>
          </SaveBar>
        ) : null}
      </form>
    </div>
  );
  return (
    <>
      {editor}
      <TryRule
        site={site}
        current={current}
        change={wrong.size > 0 ? null : changeOf(saved, rule)}
        onApplied={applied}
        onStale={onStale}
      />
    </>
  );
}

/** Where a rule is tried: below the form, above its versions. */
function goToTry(): void {
  const place = document.getElementById('try-rule');
  place?.scrollIntoView();
  place?.focus({ preventScroll: true });
}
