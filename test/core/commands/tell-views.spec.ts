import type { Command } from '../../../src/core/command.js';
import { accepted, aCase, anImage, aRule, cast, HOUR, NOW, votes } from '../examples.js';

const tell = (perHour: number): Command => ({ type: 'tell-views', perHour });
const waiting = accepted(anImage(), cast(votes(2, 'violence'))).next;
const priorityAfter = (perHour: number, state = waiting, now = NOW): number =>
  accepted(state, tell(perHour), aRule(), now).next.case?.priority ?? NaN;

describe('how often an image is seen', () => {
  it('moves its case up and down, and nothing else', () => {
    const often = accepted(waiting, tell(1_000_000));
    expect(often.events).toEqual([]);
    expect(often.next).toEqual({
      ...waiting,
      views: { perHour: 1_000_000, at: NOW },
      case: { ...waiting.case, priority: often.next.case?.priority },
    });
    expect(often.next.case?.priority).toBeGreaterThan(waiting.case?.priority ?? NaN);
    expect(priorityAfter(10, often.next)).toBe(priorityAfter(10));
    expect(priorityAfter(10)).toBeLessThan(waiting.case?.priority ?? NaN);
  });

  it('moves it at doublings only', () => {
    const priorities = Array.from({ length: 1_000 }, (_, n) => priorityAfter(1_000 + n));
    expect(new Set(priorities).size).toBe(2);
  });

  it('is remembered where no case waits, and raises the one that opens', () => {
    const closed = anImage({ case: aCase({ status: 'closed', outcome: 'keep', priority: 17 }) });
    expect(accepted(closed, tell(50)).next).toEqual({ ...closed, views: { perHour: 50, at: NOW } });
    const known = accepted(anImage(), tell(1_000_000)).next;
    const opened = accepted(known, cast(votes(2, 'violence'))).next;
    expect(opened.case?.priority).toBe(priorityAfter(1_000_000));
  });

  it('fades: an old word moves a case as the reports alone do', () => {
    const known = { ...anImage(), views: { perHour: 1_000_000, at: NOW - 24 * 7 * HOUR } };
    expect(accepted(known, cast(votes(2, 'violence'))).next.case).toEqual(waiting.case);
  });
});

describe('a hot image', () => {
  it('has its case written at doublings, however many batches come, and never falls for them', () => {
    let state = anImage();
    const written: number[] = [];
    for (let batch = 0; batch < 2_000; batch += 1) {
      const { next } = accepted(
        state,
        cast(votes(1, 'violence')),
        aRule({ autoBlock: false }),
        NOW + batch * 9_000,
      );
      const [was, is] = [state.case?.priority ?? 0, next.case?.priority ?? NaN];
      expect(is).toBeGreaterThanOrEqual(was);
      if (is !== was) written.push(batch);
      state = next;
    }
    // Once for each doubling of its reporters, and once at the threshold.
    expect(written.length).toBeLessThanOrEqual(12);
  });
});
