import { t, type TextKey } from '../i18n.js';

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};
const NAMES: Readonly<Record<string, TextKey>> = {
  ' ': 'key.space',
  Enter: 'key.enter',
  Escape: 'key.escape',
  Shift: 'key.shift',
  Ctrl: 'key.ctrl',
};

/** Their Ctrl-K is Cmd-K. */
const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

function sign(key: string): string {
  if (key === 'Ctrl' && isApple) return '⌘';
  const name = NAMES[key];
  return name === undefined ? (SIGNS[key] ?? key) : t(name);
}

/** The keys of a command as `Command.key` has them: pressed together, or one after the other. */
export function Keys({ of: keys }: { readonly of: string }) {
  const presses = keys === ' ' ? [' '] : keys.split(' ');
  return (
    <span class="keys" dir="ltr">
      {presses.map((press, index) => (
        <kbd key={index}>{press === '+' ? '+' : press.split('+').map(sign).join(' + ')}</kbd>
      ))}
    </span>
  );
}
