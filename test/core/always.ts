import fc from 'fast-check';
import { InMemoryNeck, type Taken } from './in-memory-neck.js';
import { rule, steps } from './random-steps.js';

/**
 * Checks after every step of random histories of one image, under random rules. A failure prints fast-check's seed and path
 * and the shortest sequence of steps that breaks the sentence.
 */
export function always(check: (neck: InMemoryNeck, taken: Taken) => void, numRuns = 200): void {
  fc.assert(
    fc.property(rule, steps, (given, sequence) => {
      const neck = new InMemoryNeck(given);
      for (const next of sequence) {
        const taken = neck.take(next);
        if (taken !== null) check(neck, taken);
      }
    }),
    { numRuns },
  );
}

/** Like `expect(condition)`, which would take most of the time here: it is asked after every step of every sequence. */
export function hold(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(`does not hold: ${sentence}`);
}
