import { effect, signal, type Signal } from '@preact/signals';

const PREFIX = 'vigie-console:';

/** What somebody chose, kept by their browser. Where it keeps nothing (private windows), until the page is left. */
export function preference<T>(name: string, fallback: T, isValid: (value: unknown) => value is T): Signal<T> {
  const chosen = signal(read(name, fallback, isValid));
  effect(() => {
    const text = JSON.stringify(chosen.value);
    try {
      localStorage.setItem(PREFIX + name, text);
    } catch {
      // The page works without.
    }
  });
  return chosen;
}

function read<T>(name: string, fallback: T, isValid: (value: unknown) => value is T): T {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
    return isValid(kept) ? kept : fallback;
  } catch {
    return fallback;
  }
}

export const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (value: unknown): value is T =>
    values.includes(value as T);

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

const numberWithin =
  (least: number, most: number) =>
  (value: unknown): value is number =>
    typeof value === 'number' && value >= least && value <= most;

/** Light, dark, or as the system has it. */
export const theme = preference<'light' | 'dark' | 'system'>(
  'theme',
  'system',
  oneOf('light', 'dark', 'system'),
);

effect(() => {
  const { dataset } = document.documentElement;
  if (theme.value === 'system') delete dataset['theme'];
  else dataset['theme'] = theme.value;
});

/** The strongest blur that can be chosen. */
export const STRONGEST_BLUR = 12;

/** How strongly pictures are blurred, in hundredths of their width; 0: not at all. */
export const blur = preference<number>('blur', 6, numberWithin(0, STRONGEST_BLUR));

/** Whether pictures are grey until they are held. */
export const grey = preference<boolean>('grey', true, isBoolean);

/** Whether a press shows a picture until the next press, for who can not hold a key. */
export const pressToSee = preference<boolean>('press', false, isBoolean);

/** Of which site things are shown, by its slug; null: of all. */
export const chosenSite = preference<string | null>(
  'site',
  null,
  (value): value is string | null => value === null || typeof value === 'string',
);
