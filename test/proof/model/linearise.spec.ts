import type { Asked } from '../../../proof/model/asked.js';
import { explain, type Exchange } from '../../../proof/model/linearise.js';
import { imageNamed } from '../../../proof/model/rules/images.js';
import { emptyModel, type Model, type Reason, type Rule } from '../../../proof/model/rules/state.js';
import { WRONG_RULES } from '../../../proof/model/rules/wrong.js';

const RULE: Rule = {
  reporters: 2,
  windowHours: 10,
  perNetwork: 2,
  minNetworks: 1,
  weights: false,
  hold: false,
  holdBounds: { burst: 4, sameComment: 3, cohort: 2, prolific: 2 },
  breaker: null,
  muteAfter: null,
  autoBlock: true,
  caseAt: 1,
  reasons: {},
  afterKeep: { factor: 1, cooldownHours: 0 },
  reporterBudget: null,
  reviewWithinHours: 24,
  onOverdue: 'stay',
};

/** A report of an account, and the answer that it got. */
function report(account: number, blocked: boolean, status = 201, reason: Reason = 'spam'): Exchange {
  const asked: Asked = {
    do: 'report',
    image: { address: 0 },
    reader: { kind: 'named', account },
    reason,
  };
  const outcome = status === 201 ? 'recorded' : 'already_reported';
  const image = blocked ? { blocked, version: 1 } : { blocked };
  return { asked, answer: { status, body: { outcome, receipt: `of ${account}`, image } } };
}

const blocksOf = (model: Model | undefined): string[] =>
  (model === undefined ? [] : (imageNamed(model, 'a0')?.blocks ?? [])).map(({ source }) => source);

const reasons = (models: readonly Model[]): string[] =>
  models.flatMap((model) => (imageNamed(model, 'a0')?.blocks ?? []).map(({ reason }) => reason)).sort();

describe('answers of requests at the same time', () => {
  it('are explained by an order in which they could have come', () => {
    const { models, differences } = explain([emptyModel(RULE, null)], [report(1, true), report(2, false)]);
    expect([models.length, differences]).toEqual([1, []]);
    expect(blocksOf(models[0])).toEqual(['threshold']);
  });

  it('may both tell of what was committed together, in an order that nobody remembers', () => {
    expect(explain([emptyModel(RULE, null)], [report(1, true), report(2, true)]).models).toHaveLength(1);
  });

  it('are explained by none where nobody was the last', () => {
    const { models, differences } = explain([emptyModel(RULE, null)], [report(1, false), report(2, false)]);
    expect(models).toEqual([]);
    expect(differences).toEqual([
      'image in the answer: the service says {"blocked":false}, the model {"blocked":true,"version":1}',
    ]);
  });

  it('may all have given the block its reason: what arrives together counts together', () => {
    const [one] = explain([emptyModel(RULE, null)], [report(1, false)]).models;
    if (one === undefined) throw new Error('no state explains the first report');
    const [crossing, more] = [report(2, true), report(2, true, 200, 'child_abuse')];
    expect(reasons(explain([one], [crossing, more]).models)).toEqual(['child_abuse', 'spam']);
    const [crossed] = explain([one], [crossing]).models;
    if (crossed === undefined) throw new Error('no state explains the second report');
    expect(reasons(explain([crossed], [more]).models)).toEqual(['spam']);
  });

  it('are explained by none where one reader was counted twice', () => {
    expect(explain([emptyModel(RULE, null)], [report(1, false), report(1, true)]).models).toEqual([]);
    expect(explain([emptyModel(RULE, null)], [report(1, false), report(1, false, 200)]).models).toHaveLength(
      1,
    );
  });
});

describe('answers one after the other', () => {
  const later = (models: readonly Model[], ...exchanges: readonly Exchange[]): readonly Model[] =>
    exchanges.reduce<readonly Model[]>((states, exchange) => explain(states, [exchange]).models, models);

  it('are of the state at that time', () => {
    const [first, early] = [report(1, false), report(1, true)];
    expect(later([emptyModel(RULE, null)], first, report(2, true))).toHaveLength(1);
    expect(later([emptyModel(RULE, null)], early, report(2, true))).toEqual([]);
  });

  it('forget votes that the window leaves behind', () => {
    const passes: Exchange = { asked: { do: 'time-passes', hours: 10 }, answer: { status: 200, body: {} } };
    expect(later([emptyModel(RULE, null)], report(1, false), passes, report(2, false))).toHaveLength(1);
    expect(later([emptyModel(RULE, 'no-window')], report(1, false), passes, report(2, false))).toEqual([]);
  });

  it('are noticed by a model that asks for one more', () => {
    expect(WRONG_RULES).toContain('threshold');
    expect(later([emptyModel(RULE, 'threshold')], report(1, false), report(2, true))).toEqual([]);
  });
});
