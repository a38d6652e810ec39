import { STAFF_WHYS } from '../../../src/core/errors.js';
import { Problem } from '../../../src/web/console/api.js';
import { fieldWords, problemWords } from '../../../src/web/console/ui/problem-words.js';
import { speak, SPOKEN } from './speak.js';

const DETAIL = 'Something only the service knows.';
const refused = (type: string, status = 409, body = {}): Problem =>
  new Problem({ status, type, detail: DETAIL }, body);
const OTHERS = SPOKEN.filter((language) => language !== 'en');

it('is said in English as the service says it', () => {
  const words = problemWords(refused('/problems/conflict'), 'en', speak('en'));
  expect(words).toEqual({ text: DETAIL, said: null });
});

describe.each(OTHERS)('a refusal in %s', (language) => {
  const speech = speak(language);
  const words = (problem: Problem) => problemWords(problem, language, speech);

  it.each(['conflict', 'case-conflict', 'invalid', 'cursor-expired', 'of-tomorrow'])(
    'is never %s in English, which is only behind it',
    (kind) => {
      const { text, said } = words(refused(`/problems/${kind}`));
      expect(text).not.toContain(DETAIL);
      expect(text).toMatch(/./);
      expect(said).toBe(DETAIL);
    },
  );

  it.each(['forbidden', 'not-found', 'rate-limited', 'gone', 'timeout'])(
    'needs nothing behind it where it is %s',
    (kind) => {
      expect(words(refused(`/problems/${kind}`)).said).toBeNull();
    },
  );

  it('tells what is the matter with a member', () => {
    const problem = refused('/problems/conflict', 409, { why: 'has-password', email: 'amina@example.ma' });
    expect(words(problem)).toEqual({
      text: expect.stringContaining('amina@example.ma') as string,
      said: null,
    });
  });

  it('tells how many endpoints a site may have', () => {
    const { text } = words(refused('/problems/conflict', 409, { why: 'too-many-endpoints', most: 20 }));
    expect(text).toContain('20');
  });

  it.each(STAFF_WHYS)('says exactly why it is: %s', (why) => {
    const { text, said } = words(refused('/problems/conflict', 409, { why }));
    expect([text, said]).toEqual([speech.tOr(`problem.why.${why}`, 'no text', { email: '', most: 0 }), null]);
    expect(text).not.toMatch(/no text|Something only/);
  });

  it('tells that a rule is to be tried on a shorter time, whether that was seen before or after', () => {
    const why = { why: 'too-much-to-play' };
    for (const type of ['/problems/unavailable', '/problems/invalid']) {
      expect(words(refused(type, 503, why))).toEqual({
        text: speech.t('problem.why.too-much-to-play'),
        said: null,
      });
    }
  });

  it('has no English in fields', () => {
    const errors = [{ pointer: '/name', detail: DETAIL }];
    const problem = new Problem({ status: 422, type: '/problems/invalid', errors });
    expect(fieldWords(problem, '/name', language, speech)).toBe(speech.t('problem.invalid'));
    expect(fieldWords(problem, '/other', language, speech)).toBeUndefined();
  });
});
