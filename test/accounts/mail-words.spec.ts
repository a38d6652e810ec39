import { letterOf } from '../../src/accounts/mail-words.js';

const LINK = 'https://vigie.example/console/welcome#vg_lnk_x';

it.each(['invitation', 'reset'] as const)(
  'begins each line in Arabic, from which mail programs take its direction: %s',
  (purpose) => {
    const { subject, text } = letterOf({ email: 'amina@example.ma', purpose, locale: 'ar' }, LINK);
    const lines = [subject, ...text.split('\n')].filter((line) => line !== '' && line !== LINK);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^\p{Script=Arabic}/u);
  },
);

it.each(['invitation', 'reset'] as const)(
  'speaks to one person in Arabic, as the console does: %s',
  (purpose) => {
    const { subject, text } = letterOf({ email: 'amina@example.ma', purpose, locale: 'ar' }, LINK);
    const words = `${subject} ${text}`.match(/\p{Script=Arabic}+/gu) ?? [];
    // Of several people: "your" ends in كم, and what they do or are told to do in وا or ون.
    expect(words.filter((word) => /(كم|وا|ون)$/.test(word))).toEqual([]);
  },
);
