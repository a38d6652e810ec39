import { alone } from '../../../src/web/widget/alone.js';
import { store } from '../../../src/web/widget/storage.js';

/** Where there are no Web Locks: neither has Node any, nor a place to store, so claims are in memory. */
describe('work that one tab does at a time, without Web Locks', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'navigator');
  });

  const begin = (name: string): jest.Mock => {
    const work = jest.fn(() => Promise.resolve());
    void alone(name, work);
    return work;
  };

  it('waits for the claim of another tab, and no longer than that may stand', async () => {
    store('closed-claim', Date.now() + 30_000.5);
    const work = begin('closed');
    await jest.advanceTimersByTimeAsync(29_900);
    expect(work).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(600);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('takes a claim that was stored while the clock was ahead for nobody’s', async () => {
    store('ahead-claim', Date.now() + 3_600_000);
    const work = begin('ahead');
    await jest.advanceTimersByTimeAsync(100);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
