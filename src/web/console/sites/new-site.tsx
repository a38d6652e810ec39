import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { SiteAnswer } from '../../../contract/sites.js';
import { useAction } from '../action.js';
import { api } from '../api.js';
import { t } from '../i18n.js';
import { loadSession } from '../session.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/form.js';
import { ListEditor } from '../ui/list-editor.js';
import { toast } from '../ui/toasts.js';
import { problemsOf } from './site-problems.js';

/** A new site, of which the rest is said on its own page. */
export function NewSite({ onClose }: { readonly onClose: () => void }) {
  const { route } = useLocation();
  const action = useAction();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState('');
  const [origins, setOrigins] = useState<readonly string[]>(['']);
  const problems = problemsOf(action.problem);
  const make = async (): Promise<void> => {
    await action.run(async () => {
      const given = origins.map((origin) => origin.trim()).filter((origin) => origin !== '');
      const made = await api.post<SiteAnswer>('/v1/sites', {
        name: name.trim(),
        slug: slug.trim(),
        origins: given,
      });
      await loadSession();
      toast(t('sites.made', { name: made.name }));
      onClose();
      route(`/console/sites/${made.slug}`);
    });
  };
  return (
    <Dialog title={t('sites.new')} onClose={onClose}>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label={t('sites.field.name')}
          value={name}
          problem={problems('/name')}
          onInput={setName}
          required
        />
        <TextField
          label={t('sites.field.slug')}
          hint={t('sites.hint.slug')}
          isCode
          value={slug}
          problem={problems('/slug')}
          onInput={setSlug}
          required
        />
        <ListEditor
          title={t('sites.field.origins')}
          hint={t('sites.hint.origins')}
          items={origins}
          onChange={setOrigins}
          problemOf={(index) => problems(`/origins/${index}`)}
          problem={problems('/origins')}
          add={t('sites.add.origin')}
          placeholder="https://www.example.ma"
        />
        <footer class="actions">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="main" type="submit" isBusy={action.isBusy}>
            {t('sites.make')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
