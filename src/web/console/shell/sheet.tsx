import { type Command, commands } from '../commands.js';
import { t, type TextKey } from '../i18n.js';
import { Dialog } from '../ui/dialog.js';
import { Keys } from '../ui/keys.js';

/** The sheet of shortcuts: what each key does on this page; dimmed what can not be done now. */
export function Sheet({ onClose }: { readonly onClose: () => void }) {
  const groups = new Map<TextKey, Command[]>();
  const taken = new Set<string>();
  // What can be done has the key, and of that what was added last.
  const [able, unable] = [false, true].map((isOff) =>
    commands.value.filter((command) => (command.isOff ?? false) === isOff),
  );
  for (const command of [...(able ?? []), ...(unable ?? [])]) {
    if (command.key === undefined || taken.has(command.key)) continue;
    taken.add(command.key);
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} isWide>
      <div class="sheet">
        {[...groups].map(([name, group]) => (
          <section key={name}>
            <h3>{t(name)}</h3>
            <dl>
              {group.map((command) => (
                <div key={command.id} class={command.isOff === true ? 'dimmed' : undefined}>
                  <dt>{t(command.name, command.values)}</dt>
                  <dd>
                    <Keys of={command.key ?? ''} />
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
