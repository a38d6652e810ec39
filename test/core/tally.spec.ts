import { SEVERE_REASON } from '../../src/core/reasons.js';
import {
  applyVotes,
  EMPTY_TALLY,
  reasonSet,
  reporters,
  reportersByReason,
  reportersWhere,
  reportersWith,
} from '../../src/core/tally.js';

describe('a tally', () => {
  it('counts each reporter once, by exactly the reasons given', () => {
    const tally = applyVotes(EMPTY_TALLY, [
      { from: null, to: ['violence'] },
      { from: null, to: ['violence'] },
      { from: null, to: ['violence', 'hate'] },
    ]);
    expect(tally).toEqual({ violence: 2, 'violence+hate': 1 });
    expect(reporters(tally)).toBe(3);
  });

  it('behaviour 3: two reasons by one person are one vote, and both are shown', () => {
    const first = applyVotes(EMPTY_TALLY, [{ from: null, to: ['violence'] }]);
    const both = applyVotes(first, [{ from: ['violence'], to: reasonSet(['hate', 'violence']) }]);
    expect(both).toEqual({ 'violence+hate': 1 });
    expect(reporters(both)).toBe(1);
    expect(reportersByReason(both)).toEqual({ violence: 1, hate: 1 });
  });

  it('is as if a vote had never been cast once it is withdrawn', () => {
    const cast = applyVotes({ spam: 1 }, [{ from: null, to: ['hate'] }]);
    expect(applyVotes(cast, [{ from: ['hate'], to: null }])).toEqual({ spam: 1 });
  });

  it('never falls below nothing when a vote is withdrawn that it does not hold', () => {
    expect(applyVotes({ spam: 1 }, [{ from: ['hate'], to: null }])).toEqual({ spam: 1 });
  });

  it('is the same object when nothing changes', () => {
    const tally = { spam: 1 };
    expect(applyVotes(tally, [])).toBe(tally);
  });

  it('gives reasons in one order, each once, whatever order they came in', () => {
    expect(reasonSet(['spam', 'violence', SEVERE_REASON, 'violence'])).toEqual([
      'child_abuse',
      'violence',
      'spam',
    ]);
  });

  it('tells the commonest reason first, equally common ones in the order of the reasons', () => {
    const byReason = reportersByReason({ spam: 3, hate: 1, violence: 1 });
    expect(Object.entries(byReason)).toEqual([
      ['spam', 3],
      ['violence', 1],
      ['hate', 1],
    ]);
  });

  it('can be asked for a part of the votes', () => {
    const tally = { violence: 2, 'violence+hate': 1, spam: 4 };
    expect(reportersWith(tally, 'hate')).toBe(1);
    expect(reportersWith(tally, 'violence')).toBe(3);
    expect(reportersWith(tally, 'privacy')).toBe(0);
    expect(reportersWhere(tally, (reasons) => reasons.length === 1)).toBe(6);
  });
});
