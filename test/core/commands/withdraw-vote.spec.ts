import type { WithdrawVote } from '../../../src/core/command.js';
import { accepted, aBlock, aCase, anImage, cast, HOUR, NOW, types, votes } from '../examples.js';

const withdrawal = (parts: Partial<WithdrawVote> = {}): WithdrawVote => ({
  type: 'withdraw-vote',
  vote: { from: ['violence'], to: null },
  leftOut: null,
  round: 1,
  castAt: NOW - 2 * HOUR,
  ...parts,
});

describe('a withdrawal', () => {
  it('before the crossing lowers the tally and the place in the queue', () => {
    const one = accepted(anImage(), cast(votes(1, 'violence'))).next;
    const state = accepted(one, cast(votes(1, 'violence'))).next;
    expect(state.case?.priority).toBeGreaterThan(one.case?.priority ?? NaN);
    const verdict = accepted(state, withdrawal());
    expect(types(verdict)).toEqual([]);
    expect(verdict.next).toEqual(one);
  });

  it('opens no case where none is open', () => {
    const state = anImage({ tally: { violence: 2 } });
    const verdict = accepted(state, withdrawal());
    expect(types(verdict)).toEqual([]);
    expect(verdict.next).toEqual({ ...state, tally: { violence: 1 } });
  });

  const blocked = anImage({
    blocks: [aBlock('threshold')],
    tally: { violence: 5 },
    case: aCase(),
    version: 1,
  });

  it('after the crossing never unblocks, but flags the case', () => {
    const verdict = accepted(blocked, withdrawal());
    expect(types(verdict)).toEqual(['case.flagged']);
    expect(verdict.events).toMatchObject([
      { actor: { kind: 'reader' }, data: { flag: 'support-withdrawn' } },
    ]);
    expect(verdict.next).toMatchObject({
      blocks: blocked.blocks,
      version: 1,
      tally: { violence: 4 },
      case: { flags: ['support-withdrawn'] },
    });
  });

  it('flags a case once', () => {
    const once = accepted(blocked, withdrawal()).next;
    const twice = accepted(once, withdrawal());
    expect(types(twice)).toEqual([]);
    expect(twice.next.case?.flags).toEqual(['support-withdrawn']);
  });

  it.each([
    ['of a vote that came after the crossing', blocked, { castAt: NOW }],
    ['on an image that only the publisher blocks', { ...blocked, blocks: [aBlock('publisher')] }, {}],
    ['when a person has decided', { ...blocked, case: aCase({ status: 'closed', outcome: 'block' }) }, {}],
    ['of an ended round that did not make the block', { ...blocked, round: 3 }, { round: 2 }],
  ])('flags nothing: %s', (_, state, parts) => {
    expect(types(accepted(state, withdrawal(parts)))).toEqual([]);
  });

  it('of a vote that was left out lowers that, and was no evidence', () => {
    const state = { ...blocked, leftOut: { network: 2 } };
    const verdict = accepted(state, withdrawal({ vote: { from: null, to: null }, leftOut: 'network' }));
    expect(types(verdict)).toEqual([]);
    expect(verdict.next).toMatchObject({ tally: { violence: 5 }, leftOut: { network: 1 } });
  });

  it('of an ended round lowers no tally, but flags the case when its block came back by an undo', () => {
    const back = { ...blocked, round: 2, tally: { violence: 3 } };
    const verdict = accepted(back, withdrawal());
    expect(types(verdict)).toEqual(['case.flagged']);
    expect(verdict.next.tally).toEqual({ violence: 3 });
  });
});
