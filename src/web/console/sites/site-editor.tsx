import type { SiteAnswer } from '../../../contract/sites.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { loadSession } from '../session.js';
import { SaveBar } from '../ui/form.js';
import { toast } from '../ui/toasts.js';
import { useEditing } from '../unsaved.js';
import { AddressFields } from './address-fields.js';
import { SiteFields } from './site-fields.js';
import { changeOf, formOf } from './site-form.js';
import { problemsOf } from './site-problems.js';

interface SiteEditorProps {
  readonly site: SiteAnswer;
  readonly onSaved: (site: SiteAnswer) => void;
}

/** A site as an admin changes it. */
export function SiteEditor({ site, onSaved }: SiteEditorProps) {
  const saved = formOf(site);
  const { value: form, isDirty, change, discard } = useEditing(`site ${site.slug}`, saved);
  const action = useAction();
  const problems = problemsOf(action.problem);
  const changes = changeOf(saved, form);
  const save = async (): Promise<void> => {
    await action.run(async () => {
      const answer = await api.patch<SiteAnswer>(`/v1/sites/${site.slug}`, changes);
      discard();
      onSaved(answer);
      toast(t('common.saved'));
      // Its name, reasons and times are in the menu and on other pages.
      await loadSession();
    });
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty) void save();
      }}
    >
      <SiteFields slug={site.slug} form={form} change={change} problems={problems} />
      <AddressFields slug={site.slug} form={form} change={change} problems={problems} />
      {isDirty ? (
        <SaveBar
          isBusy={action.isBusy}
          onSave={() => void save()}
          onDiscard={() => {
            action.forget();
            discard();
          }}
        >
          <p>
            {t('sites.willChange', {
              parts: Object.keys(changes)
                .map((name) => t(`sites.field.${name as keyof typeof changes}`))
                .join(' · '),
            })}
          </p>
          {'addressRules' in changes ? <p class="hint">{t('sites.rulesJob')}</p> : null}
          {'origins' in changes ? <p class="hint">{t('sites.originsEffect')}</p> : null}
          {action.problem !== null && action.problem.fields.length > 0 ? (
            <p class="problem">{t('form.mend', { fields: action.problem.fields.length })}</p>
          ) : null}
        </SaveBar>
      ) : null}
    </form>
  );
}
