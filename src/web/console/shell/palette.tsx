import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Command, commands } from '../commands.js';
import { t } from '../i18n.js';
import { Dialog } from '../ui/dialog.js';
import { Keys } from '../ui/keys.js';
import { find, type FoundGroup } from './found.js';
import { namesImage } from './match.js';

interface PaletteProps {
  readonly onClose: () => void;
  readonly onImage: (search: string) => void;
}

/** All that can be done now, found by its name in the language of the page or in English; and images by address or id. */
export function Palette({ onClose, onImage }: PaletteProps) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const [english, setEnglish] = useState<Readonly<Record<string, string>> | null>(null);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void import('../languages/en.js').then(({ default: texts }) => setEnglish(texts));
  }, []);
  const groups = withImage(
    find(commands.value, typed, ({ name }) => english?.[name]),
    typed,
    onImage,
  );
  const all = groups.flatMap((group) => group.commands);
  const at = Math.min(chosen, all.length - 1);
  const optionId = (command: Command | undefined) =>
    command === undefined ? undefined : `${id}-${all.indexOf(command)}`;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, typed]);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    onClose();
    // When the dialog has given the focus back: what runs may move it on.
    setTimeout(command.run);
  };
  const move = (event: KeyboardEvent): void => {
    const to = moved(event.key, at, all.length);
    if (to !== null) {
      event.preventDefault();
      setChosen(to);
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      run(all[at]);
    }
  };
  return (
    <Dialog title={t('palette.title')} onClose={onClose} class="palette">
      <input
        type="text"
        role="combobox"
        aria-label={t('palette.search')}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={optionId(all[at])}
        placeholder={t('palette.search')}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        autofocus
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={move}
      />
      <div class="palette-list" role="listbox" id={id} aria-label={t('palette.title')} ref={list}>
        {groups.map((group) => (
          <div key={group.name} role="group" aria-labelledby={`${id}-${group.name}`}>
            <div class="palette-group" id={`${id}-${group.name}`} role="presentation">
              {t(group.name)}
            </div>
            {group.commands.map((command) => (
              <div
                key={command.id}
                id={optionId(command)}
                role="option"
                aria-selected={all[at] === command}
                onClick={() => run(command)}
                onPointerMove={() => setChosen(all.indexOf(command))}
              >
                <span>{t(command.name, command.values)}</span>
                {command.key === undefined ? null : <Keys of={command.key} />}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p class={all.length === 0 ? 'hint' : 'unseen'} role="status">
        {all.length === 0 ? t('palette.nothing') : ''}
      </p>
    </Dialog>
  );
}

/** Where an arrow leads, around the ends; null: it is no such key. */
function moved(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'PageDown':
      return Math.min(at + 8, count - 1);
    case 'PageUp':
      return Math.max(at - 8, 0);
    default:
      return null;
  }
}

/** An address or an id may be an image's: first where it looks like one, else last, as one's own site may call it so. */
function withImage(
  groups: readonly FoundGroup[],
  typed: string,
  onImage: (search: string) => void,
): readonly FoundGroup[] {
  const search = typed.trim();
  if (search.length < 2) return groups;
  const group: FoundGroup = {
    name: 'palette.images',
    commands: [
      {
        id: 'image',
        name: 'palette.image',
        values: { search },
        group: 'palette.images',
        run: () => onImage(search),
      },
    ],
  };
  return namesImage(search) ? [group, ...groups] : [...groups, group];
}
