import { readArguments, replayWord } from '../../../proof/model/arguments.js';

describe('the arguments of the model', () => {
  it('have defaults, and none of them is needed', () => {
    expect(readArguments([])).toMatchObject({ commands: 2000, seed: 1, mutate: null, replay: null });
    expect(readArguments(['--help'])).toBeNull();
  });

  it('name a sequence to be played again by one word', () => {
    const again = { seed: -7, path: '0:1:2', replayPath: 'aB/=:F' };
    const word = replayWord(again);
    expect(word).toMatch(/^[\w-]+$/);
    expect(readArguments(['--replay', word])?.replay).toEqual(again);
  });

  it.each([
    [['--commands', '0'], /--commands is a whole number/],
    [['--seed', 'x'], /--seed is a whole number/],
    [['--mutate', 'nothing'], /--mutate is/],
    [['--replay', '%'], /--replay takes the word/],
  ])('are refused with a sentence: %j', (words, sentence) => {
    expect(() => readArguments(words)).toThrow(sentence);
  });
});
