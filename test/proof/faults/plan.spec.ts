import { describeFault, drawPlan, TARGETS } from '../../../proof/faults/plan.js';

describe('the plan of faults', () => {
  it('is the same for the same seed, and its beginning the same for fewer faults', () => {
    expect(drawPlan(7, 50)).toEqual(drawPlan(7, 50));
    expect(drawPlan(7, 50).slice(0, 20)).toEqual(drawPlan(7, 20));
    expect(drawPlan(7, 50)).not.toEqual(drawPlan(8, 50));
  });

  it('hits everything in a run of two hundred, and nothing for longer than a request may wait', () => {
    const plan = drawPlan(1, 200);
    expect([...new Set(plan.map(({ target }) => target))].sort()).toEqual([...TARGETS].sort());
    expect(new Set(plan.map(({ kind }) => kind)).size).toBe(11);
    expect(Math.max(...plan.map(({ lasts }) => lasts))).toBeLessThan(15_000);
  });

  it('begins alone, and lets some faults come on top of others', () => {
    for (let seed = 0; seed < 20; seed += 1) expect(drawPlan(seed, 1)[0]).toMatchObject({ beside: false });
    const beside = drawPlan(1, 200).filter((fault) => fault.beside);
    expect(beside.length).toBeGreaterThan(20);
    expect(beside.length).toBeLessThan(60);
  });

  it('says a fault in words', () => {
    const fault = { number: 2, target: 'postgres', kind: 'stopped', lasts: 2_100, after: 0 } as const;
    expect(describeFault({ ...fault, beside: true })).toBe('postgres stopped for 2.1 s, beside the last');
    expect(describeFault({ ...fault, kind: 'killed', lasts: 0, beside: false })).toBe('postgres killed');
  });
});
