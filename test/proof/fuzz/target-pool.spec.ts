import { TargetPool } from '../../../proof/fuzz/target-pool.js';
import type { Targets } from '../../flows/role-targets.js';

/** Counts what it is asked to make; the rest of `Targets` is not asked for here. */
function pool(): TargetPool {
  let made = 0;
  const one = (): Promise<string> => Promise.resolve(`n${(made += 1)}`);
  return new TargetPool(() => ({ fresh: `f${(made += 1)}`, mute: one, token: one }) as unknown as Targets);
}

const different = async (asks: readonly Promise<string>[]): Promise<number> =>
  new Set(await Promise.all(asks)).size;

it('gives the same thing to a few requests, whoever asks, and then another', async () => {
  const targets = pool();
  const six = ['lead', 'admin', 'lead', 'sec', 'pub', 'none'] as const;
  expect(await different(six.map((caller) => targets.of(caller).mute()))).toBe(1);
  expect(await different(Array.from({ length: 13 }, () => targets.of('sec').mute()))).toBe(3);
});

it('gives each caller what is their own', async () => {
  const targets = pool();
  expect(await different([targets.of('lead').token(), targets.of('admin').token()])).toBe(2);
});

it('gives a name that nobody has each time', () => {
  const targets = pool();
  expect(targets.of('lead').fresh).not.toBe(targets.of('lead').fresh);
});
