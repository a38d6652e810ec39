import { commands } from '../commands.js';
import { t } from '../i18n.js';
import { Dialog } from '../ui/dialog.js';
import { Keys } from '../ui/keys.js';
import { sheetGroups } from './sheet-groups.js';

/** The sheet of shortcuts: what each key does on this page; dimmed what can not be done now. */
export function Sheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} isWide>
      <div class="sheet">
        {[...sheetGroups(commands.value)].map(([name, group]) => (
          <section key={name}>
            <h3>{t(name)}</h3>
            <dl>
              {group.map(({ command, keys }) => (
                <div key={command.id} class={command.isOff === true ? 'dimmed' : undefined}>
                  <dt>{t(command.name, command.values)}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Keys key={key} of={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="hint">
        {t('shortcuts.hint')} {t('shortcuts.dimmed')}
      </p>
    </Dialog>
  );
}
