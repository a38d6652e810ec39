import { useEffect, useRef } from 'preact/hooks';
import { useCommands } from '../commands.js';
import { t, tOr } from '../i18n.js';
import { Button } from '../ui/button.js';
import { KEYS } from './choice.js';

interface ChoicesProps<T extends string> {
  readonly title: string;
  readonly choices: readonly { readonly value: T; readonly name: string }[];
  /** What Enter takes. */
  readonly likeliest: T | undefined;
  readonly onChoose: (value: T) => void;
  readonly onClose: () => void;
}

/** One of several, by one key each. No dialog: the picture stays in sight, and can be looked at. */
export function Choices<T extends string>({ title, choices, likeliest, onChoose, onClose }: ChoicesProps<T>) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    place.current?.querySelector<HTMLButtonElement>('.likeliest')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useCommands([
    ...choices.slice(0, KEYS.length).map(({ value, name }, place) => ({
      id: `review choice ${value}`,
      name: name as 'reason.other',
      group: 'review.keys' as const,
      key: KEYS[place] ?? '',
      run: () => onChoose(value),
    })),
    {
      id: 'review choice likeliest',
      name: 'review.likeliest',
      group: 'review.keys',
      key: 'Enter',
      isOff: likeliest === undefined,
      run: () => likeliest !== undefined && onChoose(likeliest),
    },
    { id: 'review choice close', name: 'common.close', group: 'review.keys', key: 'Escape', run: onClose },
  ]);
  return (
    <div ref={place} class="choices" role="group" aria-label={title}>
      <p class="choices-title">{title}</p>
      <div class="choices-list">
        {choices.map(({ value, name }, index) => (
          <Button
            key={value}
            class={value === likeliest ? 'likeliest' : ''}
            {...(KEYS[index] === undefined ? {} : { shortcut: KEYS[index] })}
            onClick={() => onChoose(value)}
          >
            {tOr(name, value)}
            {value === likeliest ? <small> ({t('key.enter')})</small> : null}
          </Button>
        ))}
      </div>
    </div>
  );
}
