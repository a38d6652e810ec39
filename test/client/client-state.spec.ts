import { BlockedSet } from '../../src/client/blocked-set.js';
import { ClientState } from '../../src/client/client-state.js';
import { NO_RULES } from '../../src/client/saved-state.js';

const HOUR = 3_600_000;

describe('how old the answers of a client are', () => {
  let state: ClientState;
  let now: number;
  /** The time of the service, so many ms from now. */
  const at = (ms: number): string => new Date(now + ms).toISOString();
  const pass = (ms: number): void => {
    now += ms;
    jest.setSystemTime(now);
  };

  beforeEach(() => {
    now = Date.parse('2026-11-28T10:00:00Z');
    jest.useFakeTimers({ now });
    state = new ClientState(() => undefined);
    state.replace({ set: new BlockedSet(), cursor: 'c' });
    state.confirm(at(0), 0);
  });
  afterEach(() => jest.useRealTimers());

  it('is not told by a process that can not look at the log: it repeats an old time', () => {
    pass(60_000);
    state.confirm(at(-60_000), 60_000);
    state.confirm(at(-90_000), 90_000);
    state.confirm(at(-60_000), null);
    expect(state.age()).toBe(60_000);
  });

  it('is told by the service whose clock was put back, where it has just looked', () => {
    state.confirm(at(HOUR), 0);
    pass(20_000);
    state.confirm(at(0), 1_500);
    expect([state.age(), state.asOf]).toEqual([0, at(0)]);
    pass(20_000);
    state.confirm(at(0), null);
    expect(state.age()).toBe(0);
  });

  it('is not told by a process that can not look at the log, and whose clock was put back', () => {
    pass(60_000);
    state.confirm(at(-60_000), -HOUR);
    expect(state.age()).toBe(60_000);
  });

  it('does not stay nothing where this machine’s clock is put back', () => {
    pass(-HOUR);
    state.confirm(at(HOUR + 1_000), 5_000);
    pass(1_000);
    expect(state.age()).toBe(1_000);
  });

  it('begins anew where this machine’s clock was ahead when the state was saved, and was put back', () => {
    const { saved } = state;
    if (saved === null) throw new Error('nothing is saved');
    const later = new ClientState(() => undefined);
    later.resume({ ...saved, rules: NO_RULES, confirmedAt: now + HOUR });
    pass(60_000);
    expect(later.age()).toBe(60_000);
    later.confirm(at(0), 5_000);
    expect(later.age()).toBe(5_000);
  });
});
