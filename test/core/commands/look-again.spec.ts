import { aCase, accepted, anImage, aRule, NOW, sources, types } from '../examples.js';

const rule = aRule({ reporters: 3 });
const open = anImage({ reviewState: 'open', tally: { violence: 3 }, case: aCase() });
const look = { type: 'look-again', ruleVersion: rule.version, heard: null } as const;

describe('a look by the rule that somebody asks for', () => {
  it('blocks an open image that is over the bar by now, with the evidence of this moment', () => {
    const verdict = accepted(open, look, rule);
    expect(types(verdict)).toEqual(['image.blocked']);
    expect(verdict.next.blocks).toMatchObject([
      { source: 'threshold', since: NOW, ruleVersion: rule.version, evidence: { needed: 3, reporters: 3 } },
    ]);
  });

  it('changes nothing below the bar', () => {
    const { next, events } = accepted({ ...open, tally: { violence: 2 } }, look, rule);
    expect([sources(next), events]).toEqual([[], []]);
  });

  it.each([
    [
      'that was decided meanwhile',
      { ...open, reviewState: 'closed', case: aCase({ status: 'closed' }) },
      look,
    ],
    ['that never had a case', { ...open, reviewState: 'none', case: null }, look],
    ['by another version', open, { ...look, ruleVersion: rule.version + 1 }],
  ] as const)('changes nothing of an image %s', (_, state, command) => {
    const { next, events } = accepted(state, command, rule);
    expect(next).toEqual(state);
    expect(events).toEqual([]);
  });
});
