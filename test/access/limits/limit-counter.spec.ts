import { LimitCounter } from '../../../src/access/limits/limit-counter.js';

const counter = (points: number, seconds = 60) =>
  new LimitCounter('secret', 'states-back-end', { points, seconds }, null);

describe('a limit', () => {
  it('refuses what would exceed it, and takes less from the same caller', () => {
    const states = counter(10);
    expect(states.refusal('a', 7)).toBeUndefined();
    expect(states.count('a', 7)).toMatchObject({ isRefused: false, points: 3 });
    expect(states.refusal('a', 4)).toMatchObject({ isRefused: true, points: 3 });
    expect(states.refusal('a', 3)).toBeUndefined();
    expect(states.count('a', 3)).toMatchObject({ isRefused: false, points: 0 });
    expect(states.refusal('a', 1)).toMatchObject({ isRefused: true, points: 0 });
    expect(states.refusal('b', 10)).toBeUndefined();
  });

  it('smaller than what is asked at once is used up by it, and refuses it for no longer than its time', () => {
    const states = counter(4);
    expect(states.refusal('a', 10)).toBeUndefined();
    expect(states.count('a', 10)).toMatchObject({ isRefused: false, points: 0 });
    expect(states.refusal('a', 10)).toMatchObject({ isRefused: true, points: 0 });
  });
});
