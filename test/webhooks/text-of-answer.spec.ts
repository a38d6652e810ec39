import { textOfAnswer } from '../../src/webhooks/text-of-answer.js';

it.each([
  ['plain text', Buffer.from('Service Unavailable\n'), 'Service Unavailable'],
  ['lines and tabs', Buffer.from('a\n\tb'), 'a\n\tb'],
  ['NUL and escapes', Buffer.from('a\0\u001b[31mb'), 'a\uFFFD\uFFFD[31mb'],
  ['writing direction', Buffer.from('a\u202Eb'), 'a\uFFFDb'],
  ['what is no UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'a\uFFFDb'],
])('shows %s', (_, answer, text) => expect(textOfAnswer(answer)).toBe(text));

it('says nothing of an empty answer', () => {
  expect(textOfAnswer(Buffer.alloc(0))).toBeNull();
  expect(textOfAnswer(Buffer.from(' \n'))).toBeNull();
});

it('cuts between characters, not inside one', () => {
  const text = textOfAnswer(Buffer.from('🖼'.repeat(1_500))) ?? '';
  expect(text).toBe('🖼'.repeat(1_000));
});
