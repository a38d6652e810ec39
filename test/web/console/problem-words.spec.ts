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

  it.each(['conflict', 'invalid', 'cursor-expired', 'of-tomorrow'])(
    'is never %s in English, which is only behind it',
    (kind) => {
      const { text, said } = words(refused(`/problems/${kind}`));
      expect(text).not.toContain(DETAIL);
      expect(text).toMatch(/./);
      expect(said).toBe(DETAIL);
    },
  );

  it.each(['forbidden', 'not-found', 'rate-limited'])('needs nothing behind it where it is %s', (kind) => {
    expect(words(refused(`/problems/${kind}`)).said).toBeNull();
  });

  it('tells what is the matter with members', () => {
    const problem = refused('/problems/conflict', 409, { why: 'has-password', email: 'amina@example.ma' });
    expect(words(problem)).toEqual({
      text: expect.stringContaining('amina@example.ma') as string,
      said: null,
    });
    expect(words(refused('/problems/conflict', 409, { why: 'last-lead' }))).toEqual({
      text: speech.t('problem.lastLead'),
      said: null,
    });
  });

  it.each([
    ['second-factor-required', 'problem.secondFactorRequired'],
    ['set-up-over', 'problem.setUpOver'],
  ] as const)('tells what is the matter with an account: %s', (why, text) => {
    expect(words(refused('/problems/conflict', 409, { why }))).toEqual({ text: speech.t(text), said: null });
  });

  it('tells that a rule is to be tried on a shorter time, whether that was seen before or after', () => {
    const why = { why: 'too-much-to-play' };
    for (const type of ['/problems/unavailable', '/problems/invalid']) {
      expect(words(refused(type, 503, why))).toEqual({ text: speech.t('problem.tooMuchToPlay'), said: null });
    }
  });

  it('has no English in fields', () => {
    const errors = [{ pointer: '/name', detail: DETAIL }];
    const problem = new Problem({ status: 422, type: '/problems/invalid', errors });
    expect(fieldWords(problem, '/name', language, speech)).toBe(speech.t('problem.invalid'));
    expect(fieldWords(problem, '/other', language, speech)).toBeUndefined();
  });
});
