import { applyLeftOut, NONE_LEFT_OUT, peopleLeftOut } from '../../src/core/left-out.js';

describe('what is left out', () => {
  it('is counted by cause, and a cause without votes is left away', () => {
    const three = applyLeftOut(NONE_LEFT_OUT, [
      { from: null, to: 'network' },
      { from: null, to: 'network' },
      { from: null, to: 'wide-network' },
    ]);
    expect(three).toEqual({ network: 2, 'wide-network': 1 });
    expect(
      applyLeftOut(three, [
        { from: 'network', to: 'linked' },
        { from: 'wide-network', to: null },
      ]),
    ).toEqual({ network: 1, linked: 1 });
  });

  it('is the same object when nothing changes, and never falls below nothing', () => {
    const one = { network: 1 };
    expect(applyLeftOut(one, [{ from: 'network', to: 'network' }])).toBe(one);
    expect(applyLeftOut(one, [{ from: 'linked', to: null }])).toEqual(one);
  });

  it('are people, except where a vote became another', () => {
    expect(peopleLeftOut({ network: 2, 'wide-network': 3, linked: 4 })).toBe(5);
    expect(peopleLeftOut({})).toBe(0);
  });
});
