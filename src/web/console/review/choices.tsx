import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Command } from '../commands.js';
import { t, tOr } from '../i18n.js';
import { Button } from '../ui/button.js';
import { KEYS } from './choice.js';

/** A question with one key for each answer. */
export interface Question {
  readonly title: string;
  readonly answers: readonly { readonly value: string; readonly name: string }[];
  /** What Enter takes. */
  readonly likeliest: string | undefined;
  readonly choose: (value: string) => void;
}

/** The keys of a question. */
export const commandsOf = (
  { answers, likeliest, choose }: Question,
  close: () => void,
): readonly Command[] => [
  ...answers.slice(0, KEYS.length).map(({ value, name }, place): Command => ({
    id: `review choice ${value}`,
    name: name as Command['name'],
    group: 'review.keys',
    key: KEYS[place] ?? '',
    run: () => choose(value),
  })),
  {
    id: 'review choice likeliest',
    name: 'review.likeliest',
    group: 'review.keys',
    key: 'Enter',
    isOff: likeliest === undefined,
    run: () => {
      if (likeliest !== undefined) choose(likeliest);
    },
  },
  { id: 'review choice close', name: 'common.close', group: 'review.keys', key: 'Escape', run: close },
];

/**
 * One of several, by one key each. No dialog: the picture stays in sight, and can be looked at. The focus stays where it is,
 * so that the space bar still shows the picture; only from the button that asked it comes here, where Enter is the key for
 * the likeliest and no second press of that button.
 */
export function Choices({
  question: { title, answers, likeliest, choose },
}: {
  readonly question: Question;
}) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const asker =
      before instanceof HTMLButtonElement && before.closest('.decisions') !== null ? before : null;
    if (asker !== null) place.current?.focus();
    return () => {
      if (place.current?.contains(document.activeElement) === true) asker?.focus();
    };
  }, []);
  return (
    <div ref={place} class="choices" role="group" aria-label={title} tabIndex={-1}>
      <p class="choices-title" role="alert">
        {title}
      </p>
      <div class="choices-list">
        {answers.map(({ value, name }, index) => (
          <Button
            key={value}
            class={value === likeliest ? 'likeliest' : ''}
            {...(KEYS[index] === undefined ? {} : { shortcut: KEYS[index] })}
            onClick={() => choose(value)}
          >
            {tOr(name, value)}
            {value === likeliest ? <small> ({t('key.enter')})</small> : null}
          </Button>
        ))}
      </div>
    </div>
  );
}
