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

/** One of several, by one key each. No dialog: the picture stays in sight, and can be looked at. */
export function Choices({
  question: { title, answers, likeliest, choose },
}: {
  readonly question: Question;
}) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    place.current?.querySelector<HTMLButtonElement>('.likeliest')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div ref={place} class="choices" role="group" aria-label={title}>
      <p class="choices-title">{title}</p>
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
