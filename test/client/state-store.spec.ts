import type { VigieClientError } from '../../src/client/client-error.js';
import { StateSaver } from '../../src/client/state-store.js';

const TIMES = { every: 5_000, patience: 1_000 };

describe('saving what is known', () => {
  let known: Uint8Array | null;
  let saved: (Uint8Array | null)[];
  let answers: (() => void)[];
  let errors: VigieClientError[];
  let saver: StateSaver;

  beforeEach(() => {
    jest.useFakeTimers();
    [known, saved, answers, errors] = [new Uint8Array([1]), [], [], []];
    const store = {
      load: () => Promise.resolve(null),
      save: (bytes: Uint8Array) => {
        saved.push(bytes);
        return new Promise<void>((resolve) => answers.push(resolve));
      },
    };
    saver = new StateSaver(
      store,
      () => known,
      TIMES,
      (error) => errors.push(error),
    );
  });
  afterEach(() => jest.useRealTimers());

  const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

  /** The store answers to the save number `n`. */
  async function answer(n: number): Promise<void> {
    answers[n]?.();
    await pass(0);
  }

  it('waits a while after a change, and saves many changes once', async () => {
    saver.changed();
    await pass(4_999);
    saver.changed();
    expect(saved).toHaveLength(0);
    await pass(1);
    expect(saved).toHaveLength(1);
    await answer(0);
    await pass(60_000);
    expect(saved).toHaveLength(1);
  });

  it('saves what is known then, and not what was known when it changed', async () => {
    saver.changed();
    known = new Uint8Array([2]);
    await pass(5_000);
    expect(saved).toEqual([new Uint8Array([2])]);
  });

  it('saves nothing while nothing is known', async () => {
    known = null;
    saver.changed();
    await pass(5_000);
    expect(saved).toHaveLength(0);
  });

  it('takes a twentieth of the time, of a store that takes long', async () => {
    saver.changed();
    await pass(5_000);
    await pass(900);
    await answer(0);
    saver.changed();
    await pass(17_999);
    expect(saved).toHaveLength(1);
    await pass(1);
    expect(saved).toHaveLength(2);
  });

  it('asks a store that does not answer no second time, and saves what changed meanwhile when it does', async () => {
    saver.changed();
    await pass(6_000);
    expect(errors).toMatchObject([
      { code: 'STORE', message: expect.stringContaining('nothing for 1 s') as string },
    ]);
    saver.changed();
    await pass(60_000);
    expect(saved).toHaveLength(1);
    known = new Uint8Array([3]);
    await answer(0);
    // It took 61 s.
    await pass(20 * 61_000 - 1);
    expect(saved).toHaveLength(1);
    await pass(1);
    expect(saved.at(-1)).toEqual(new Uint8Array([3]));
    expect(errors).toHaveLength(1);
  });

  it('asks such a store nothing more where nothing changed meanwhile', async () => {
    saver.changed();
    await pass(6_000);
    await answer(0);
    await pass(3_600_000);
    expect(saved).toHaveLength(1);
  });

  it('saves at the end without waiting, once what is being saved is', async () => {
    saver.changed();
    await pass(5_000);
    saver.changed();
    known = new Uint8Array([4]);
    const ended = saver.end();
    await pass(0);
    expect(saved).toHaveLength(1);
    await answer(0);
    await answer(1);
    await ended;
    expect(saved.at(-1)).toEqual(new Uint8Array([4]));
    saver.changed();
    await pass(60_000);
    expect(saved).toHaveLength(2);
  });
});
