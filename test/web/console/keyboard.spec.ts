import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../src/config/project-root.js';
import { keyOf, type KeyPress, opensPalette } from '../../../src/web/console/keyboard.js';

const press = (key: string, code: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  altGraph: false,
  ...more,
});
const shiftKey = true;

describe('behaviour 53: single keys', () => {
  it.each<[string, KeyPress, string]>([
    ['a letter', press('b', 'KeyB'), 'b'],
    ['a letter under Caps Lock', press('B', 'KeyB'), 'b'],
    ['a letter with shift', press('B', 'KeyB', { shiftKey }), 'Shift+b'],
    ['a question mark', press('?', 'Slash', { shiftKey }), '?'],
    ['a digit', press('1', 'Digit1'), '1'],
    ['a digit of the number block', press('1', 'Numpad1'), '1'],
    ['the space bar', press(' ', 'Space'), ' '],
    ['an arrow', press('ArrowLeft', 'ArrowLeft'), 'ArrowLeft'],
    ['an arrow with shift', press('ArrowLeft', 'ArrowLeft', { shiftKey }), 'Shift+ArrowLeft'],
    ['AZERTY: a is where q is elsewhere', press('a', 'KeyQ'), 'a'],
    ['AZERTY: m is no letter key elsewhere', press('m', 'Semicolon'), 'm'],
    ['AZERTY: the key of 1 gives &', press('&', 'Digit1'), '1'],
    ['AZERTY: the key of 2 gives é', press('é', 'Digit2'), '2'],
    ['AZERTY: 1 itself, with shift', press('1', 'Digit1', { shiftKey }), '1'],
    ['AZERTY: the question mark, with shift on the comma', press('?', 'KeyM', { shiftKey }), '?'],
    ['QWERTY: an exclamation mark is no 1', press('!', 'Digit1', { shiftKey }), '!'],
    ['Arabic: the key of b', press('لا', 'KeyB'), 'b'],
    ['Arabic: the key of b, as Chromium tells it', press('', 'KeyB'), 'b'],
    ['Arabic: the key of k', press('ن', 'KeyK'), 'k'],
    ['Arabic: the key of z', press('ئ', 'KeyZ'), 'z'],
    ['Arabic: with shift, a vowel sign', press('ِ', 'KeyA', { shiftKey }), 'Shift+a'],
    ['Arabic: its own question mark', press('؟', 'Slash', { shiftKey }), '?'],
    ['Arabic: its own digits', press('١', 'Digit1'), '1'],
    ['Cyrillic: the key of k', press('л', 'KeyK'), 'k'],
    ['the number block without its lock', press('ArrowUp', 'Numpad8'), 'ArrowUp'],
    ['the number block without its lock, a named key', press('PageDown', 'Numpad3'), 'PageDown'],
  ])('%s', (_, given, name) => {
    expect(keyOf(given)).toBe(name);
  });

  it.each<[string, Partial<KeyPress>]>([
    ['Ctrl', { ctrlKey: true }],
    ['Alt', { altKey: true }],
    ['Meta', { metaKey: true }],
    ['AltGr, which is both', { ctrlKey: true, altKey: true }],
    ['AltGr where it is told alone', { altGraph: true }],
    ['a character being composed', { isComposing: true }],
  ])('mean nothing with %s', (_, more) => {
    expect(keyOf(press('b', 'KeyB', more))).toBeNull();
    expect(keyOf(press('لا', 'KeyB', more))).toBeNull();
  });

  it('mean nothing with AltGr, whose characters lie on digits', () => {
    expect(keyOf(press('@', 'Digit0', { altGraph: true }))).toBeNull();
    expect(keyOf(press('{', 'Digit4', { altGraph: true }))).toBeNull();
  });

  it('mean nothing while they are dead keys, or an input method has them', () => {
    expect(keyOf(press('Dead', 'BracketLeft'))).toBeNull();
    expect(keyOf(press('Process', 'KeyB'))).not.toBe('b');
  });
});

describe('the palette', () => {
  const ctrlKey = true;
  const metaKey = true;
  it.each<[string, KeyPress, boolean]>([
    ['Ctrl-K', press('k', 'KeyK', { ctrlKey }), true],
    ['Cmd-K', press('k', 'KeyK', { metaKey }), true],
    ['Ctrl-K under Caps Lock', press('K', 'KeyK', { ctrlKey }), true],
    ['Ctrl and the key of k on an Arabic layout', press('ن', 'KeyK', { ctrlKey }), true],
    ['Ctrl-K on Dvorak, where the key of k gives t', press('t', 'KeyK', { ctrlKey }), false],
    ['Ctrl-K on Dvorak', press('k', 'KeyV', { ctrlKey }), true],
    ['k alone', press('k', 'KeyK'), false],
    ['Ctrl-Shift-K, which is the browser’s', press('K', 'KeyK', { ctrlKey, shiftKey }), false],
    ['Ctrl-Alt-K', press('k', 'KeyK', { ctrlKey, altKey: true }), false],
    ['Ctrl-Meta-K', press('k', 'KeyK', { ctrlKey, metaKey }), false],
  ])('%s', (_, given, opens) => {
    expect(opensPalette(given)).toBe(opens);
  });
});

it('opens each page by a second key of its own', () => {
  const pages = readFileSync(path.join(projectRoot(), 'src/web/console/pages.ts'), 'utf8');
  const keys = [...pages.matchAll(/\bkey: '(\w)'/g)].map(([, key]) => key);
  expect(keys.length).toBeGreaterThan(0);
  expect([...new Set(keys)]).toEqual(keys);
});
