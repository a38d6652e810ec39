/** What of a key event a shortcut goes by. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

/**
 * The name of the key that a press means for shortcuts: `b`, `?`, `1`, `Enter`, `ArrowLeft`; with shift `Shift+b` where the
 * layout does not make another character of it. Null: it is none of ours, because Ctrl, Alt or Meta is held (the browser's
 * own) or a character is being composed.
 *
 * A Latin letter is what the layout says it is (AZERTY's `a` is `a`, wherever it is). On other layouts, such as Arabic, a
 * letter key is the one that a Latin keyboard has in its place. Digits are by place too: on AZERTY they need shift.
 */
export function keyOf(press: KeyPress): string | null {
  const { key, code, ctrlKey, altKey, metaKey, shiftKey, isComposing } = press;
  if (ctrlKey || altKey || metaKey || isComposing || key === 'Dead') return null;
  const [, digit] = /^(?:Digit|Numpad)(\d)$/.exec(code) ?? [];
  if (/^[a-z]$/i.test(key)) return shifted(key.toLowerCase(), shiftKey);
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  // Some keys give two letters (Arabic's lam and alef; Chromium calls that no key), or a vowel sign; `Process` is what an
  // input method says.
  const isLetters = key === '' || (/^[\p{L}\p{M}]+$/u.test(key) && !/[a-z]/i.test(key));
  if (letter !== undefined && isLetters) return shifted(letter.toLowerCase(), shiftKey);
  // The question mark of an Arabic layout.
  if (key === '؟') return '?';
  if (digit !== undefined && (!shiftKey || /^\d$/.test(key))) return digit;
  if (key.length === 1) return key;
  return shifted(key, shiftKey);
}

const shifted = (key: string, shift: boolean): string => (shift ? `Shift+${key}` : key);

/** Whether Ctrl-K or Cmd-K was pressed: it opens the palette, also while typing. */
export const opensPalette = ({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): boolean =>
  ctrlKey !== metaKey &&
  !altKey &&
  !shiftKey &&
  (key.toLowerCase() === 'k' || (code === 'KeyK' && !/^[a-z]$/i.test(key)));

/** Where a key belongs to what has the focus: fields, menus, and everything in a dialog. */
export function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (document.querySelector('dialog[open]') !== null) return true;
  const field = target.closest('input, textarea, select, [contenteditable], [role="textbox"], [role="menu"]');
  return field !== null && !isPlainControl(field);
}

/** Check boxes and radio buttons take the space bar and arrows only. */
const isPlainControl = (field: Element): boolean =>
  field instanceof HTMLInputElement && ['checkbox', 'button', 'submit'].includes(field.type);
