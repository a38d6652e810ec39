import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { proofProgram } from '../../../src/web/widget/proof-program.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the search for a number', () => {
  const program = proofProgram();

  it('finds exactly the one whose SHA-256 behind the salt is the challenge', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 30 }),
        (salt, number, before) => {
          const from = Math.max(0, number - before);
          expect(program(sha256(`${salt}${number}`), salt)(from, before + 2)).toBe(number);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('finds it at every length of salt around the borders of a block', () => {
    for (let length = 0; length <= 140; length += 1) {
      const salt = 'a'.repeat(length);
      for (const number of [0, 9, 10, 99_999]) {
        expect(program(sha256(`${salt}${number}`), salt)(Math.max(0, number - 3), 5)).toBe(number);
      }
    }
  });

  it('says so when there is none among those it tries', () => {
    expect(program(sha256('salt100'), 'salt')(0, 100)).toBe(-1);
    expect(program(sha256('salt100'), 'salt')(101, 100)).toBe(-1);
  });

  it('is one function that uses nothing from outside, so that a worker can run its text', () => {
    const world = { TextEncoder, challenge: sha256('salt7') };
    const program = `(${String(proofProgram)})()(challenge, 'salt')(0, 10)`;
    expect(runInNewContext(program, world)).toBe(7);
  });
});
