/** What of a key event a shortcut goes by. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  /** AltGr, which types the third character of a key: on most systems neither Ctrl nor Alt is said to be held. */
  readonly altGraph: boolean;
}

/** What of an event a shortcut goes by. */
export const pressOf = (event: KeyboardEvent): KeyPress => ({
  key: event.key,
  code: event.code,
  ctrlKey: event.ctrlKey,
  altKey: event.altKey,
  metaKey: event.metaKey,
  shiftKey: event.shiftKey,
  isComposing: event.isComposing,
  altGraph: event.getModifierState('AltGraph'),
});

/**
 * The name of the key that a press means for shortcuts: `b`, `?`, `1`, `Enter`, `ArrowLeft`; with shift `Shift+b` where the
 * layout does not make another character of it. Null: it is none of ours, because Ctrl, Alt, AltGr or Meta is held (the
 * browser's own) or a character is being composed.
 *
 * A Latin letter is what the layout says it is (AZERTY's `a` is `a`, wherever it is). On other layouts, such as Arabic, a
 * letter key is the one that a Latin keyboard has in its place. Digits are by place too where they need shift, as on AZERTY;
 * the number block gives them only while its lock is on.
 */
export function keyOf(press: KeyPress): string | null {
  const { key, code, ctrlKey, altKey, metaKey, shiftKey, isComposing, altGraph } = press;
  if (ctrlKey || altKey || metaKey || altGraph || isComposing || key === 'Dead') return null;
  const [, row, digit] = /^(Digit|Numpad)(\d)$/.exec(code) ?? [];
  if (/^[a-z]$/i.test(key)) return shifted(key.toLowerCase(), shiftKey);
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  // Some keys give two letters (Arabic's lam and alef; Chromium calls that no key), or a vowel sign; `Process` is what an
  // input method says.
  const isLetters = key === '' || (/^[\p{L}\p{M}]+$/u.test(key) && !/[a-z]/i.test(key));
  if (letter !== undefined && isLetters) return shifted(letter.toLowerCase(), shiftKey);
  // The question mark of an Arabic layout.
  if (key === '؟') return '?';
  const isDigit = /^\p{Nd}$/u.test(key) || (row === 'Digit' && !shiftKey && key.length === 1);
  if (digit !== undefined && isDigit) return digit;
  if (key.length === 1) return key;
  return shifted(key, shiftKey);
}

const shifted = (key: string, shift: boolean): string => (shift ? `Shift+${key}` : key);

/** Whether Ctrl-K or Cmd-K was pressed: it opens the palette, also while typing. */
export const opensPalette = ({
  key,
  code,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: Omit<KeyPress, 'altGraph'>): boolean =>
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
