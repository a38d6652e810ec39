import { SEVERE_REASON } from '../../src/core/reasons.js';
import {
  applyVotes,
  byWideNetwork,
  EMPTY_TALLY,
  narrowNetworks,
  reasonSet,
  reporters,
  reportersByReason,
  tallyKey,
  uncapped,
  votesWhere,
  votesWith,
  withoutNetworks,
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
    expect(votesWith(tally, 'hate')).toEqual({ 'violence+hate': 1 });
    expect(votesWhere(tally, (reasons) => reasons.length === 1)).toEqual({ violence: 2, spam: 4 });
  });
});

describe('a tally that says where its votes come from', () => {
  const tally = {
    violence: 2,
    'violence@a/x': 2,
    'violence+hate@a/x': 1,
    'hate@b/x': 1,
    'spam@c/y': 1,
  };

  it('is asked for people and reasons as any other', () => {
    expect(reporters(tally)).toBe(7);
    expect(reportersByReason(tally)).toEqual({ violence: 5, hate: 2, spam: 1 });
    expect(votesWith(tally, 'hate')).toEqual({ 'violence+hate@a/x': 1, 'hate@b/x': 1 });
  });

  it('tells from how many networks they come: each that is not capped from its own', () => {
    expect(uncapped(tally)).toBe(2);
    expect(narrowNetworks(tally)).toBe(5);
    expect([...byWideNetwork(tally)]).toEqual([
      ['x', 4],
      ['y', 1],
    ]);
  });

  it('says nothing of it where it is kept', () => {
    expect(withoutNetworks(tally)).toEqual({ violence: 4, 'violence+hate': 1, hate: 1, spam: 1 });
    expect(tallyKey(['violence', 'hate'], { narrow: 'a', wide: 'x' })).toBe('violence+hate@a/x');
    expect(tallyKey(['violence', 'hate'])).toBe('violence+hate');
  });
});
