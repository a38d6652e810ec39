import type { Asked } from '../../../proof/model/asked.js';
import { sentAtOnce } from '../../../proof/model/at-once.js';
import { emptyModel, type Rule } from '../../../proof/model/rules/state.js';

const RULE: Rule = {
  reporters: 2,
  windowHours: 168,
  perNetwork: 2,
  minNetworks: 1,
  weights: false,
  hold: true,
  holdBounds: { burst: 4, sameComment: 3, cohort: 2, prolific: 2 },
  breaker: null,
  muteAfter: null,
  autoBlock: true,
  caseAt: 1,
  reasons: {},
  afterKeep: { factor: 2, cooldownHours: 0 },
  reporterBudget: null,
  reviewWithinHours: 24,
  onOverdue: 'stay',
};

const report = (address: number, account: number): Asked => ({
  do: 'report',
  image: { address },
  reader: { kind: 'named', account },
  reason: 'spam',
});
const claim: Asked = { do: 'claim', staff: 'amina' };
const undo: Asked = { do: 'undo', staff: 'lead', decision: 'of another image' };

it('sends what votes that may be held hear of about one image only', () => {
  const model = emptyModel(RULE, null);
  expect(sentAtOnce(model, [report(0, 1), claim, report(1, 2), undo])).toEqual([
    report(0, 1),
    claim,
    report(0, 2),
  ]);
});

it('sends anything where nothing may be held, also after a change at the same moment', () => {
  const model = emptyModel({ ...RULE, hold: false }, null);
  const asked = [report(0, 1), report(1, 2), undo];
  expect(sentAtOnce(model, asked)).toEqual(asked);
  const change: Asked = { do: 'change-rule', change: { hold: true } };
  expect(sentAtOnce(model, [change, ...asked])).toEqual([change, report(0, 1), report(0, 2)]);
});
