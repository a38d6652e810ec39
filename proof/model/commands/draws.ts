import fc from 'fast-check';
import { MODERATORS, type Staff } from '../asked.js';
import { mayBind } from '../rules/binding.js';
import { bytesAgain, changedBytes, toldBytes } from './content.js';
import { decision, decisionOn, dismissal } from './decisions.js';
import {
  address,
  caseOf,
  cases,
  drawn,
  type Drawn,
  hiddenImage,
  image,
  index,
  nth,
  ownId,
  reader,
  reason,
  receipts,
  staff,
} from './drawn.js';
import {
  decisionOnMerged,
  decisionOnWithdrawn,
  mergeOfBlocked,
  mergeOfWithdrawn,
  withdrawalFromBlock,
} from './merges.js';
import {
  oneMoreReport,
  report,
  reportAfterLifting,
  reportBesideNewDevice,
  reportTogether,
  severeReport,
  severeTogether,
} from './reports.js';
import { asksWhatIsUsual, change } from './rules.js';

/** Each as often as says its weight. */
export const BESIDE_OTHERS: readonly { weight: number; arbitrary: fc.Arbitrary<Drawn> }[] = [
  { weight: 30, arbitrary: report },
  { weight: 6, arbitrary: severeReport },
  { weight: 40, arbitrary: reportTogether },
  { weight: 24, arbitrary: severeTogether },
  { weight: 24, arbitrary: reportBesideNewDevice },
  { weight: 60, arbitrary: oneMoreReport },
  { weight: 6, arbitrary: dismissal },
  { weight: 10, arbitrary: reportAfterLifting },
  {
    weight: 4,
    arbitrary: drawn('withdraw', index, (n, model) => {
      const receipt = nth(receipts(model), n);
      return receipt === undefined ? null : { do: 'withdraw', receipt };
    }),
  },
  {
    weight: 4,
    arbitrary: drawn('receipt', index, (n, model) => {
      const receipt = nth(receipts(model), n);
      return receipt === undefined ? null : { do: 'receipt', receipt };
    }),
  },
  {
    weight: 12,
    arbitrary: drawn('decide', fc.record({ who: staff, decision }), ({ who, decision: one }, model) => {
      const made = decisionOn(model, who, one);
      return made === null ? null : { do: 'decide', ...made };
    }),
  },
  {
    weight: 2,
    arbitrary: drawn(
      'decide-many',
      fc.record({ who: staff, decisions: fc.array(decision, { minLength: 1, maxLength: 3 }) }),
      ({ who, decisions }, model) => {
        const all = decisions.flatMap(
          (one) => decisionOn(model, who, { ...one, again: false })?.decision ?? [],
        );
        return all.length === 0 ? null : { do: 'decide-many', staff: who, decisions: all };
      },
    ),
  },
  {
    weight: 6,
    arbitrary: drawn(
      'undo',
      fc.record({ who: staff, n: index, latest: fc.boolean() }),
      ({ who, n, latest }, model) => {
        const one = latest ? model.decisions.at(-1) : nth(model.decisions, n);
        return one === undefined ? null : { do: 'undo', staff: who, decision: one.id };
      },
    ),
  },
  {
    weight: 4,
    arbitrary: drawn('claim', fc.constantFrom(...MODERATORS), (who) => ({ do: 'claim', staff: who })),
  },
  {
    weight: 3,
    arbitrary: drawn(
      'lease',
      fc.record({ who: staff, of: index, renew: fc.boolean() }),
      ({ who, of, renew }, model) => {
        const one = caseOf(model, of);
        if (one === undefined) return null;
        const token = one.lease?.token;
        return {
          do: 'lease',
          staff: who,
          caseId: one.id,
          ...(renew && token !== undefined ? { token } : {}),
        };
      },
    ),
  },
  {
    weight: 3,
    arbitrary: drawn(
      'release',
      fc.record({ who: staff, of: index, skip: fc.boolean() }),
      ({ who, of, skip }, model) => {
        const leased = cases(model).filter(({ lease }) => lease !== null);
        const one = nth(leased, of);
        if (one?.lease == null) return null;
        return {
          do: 'release',
          staff: of % 4 === 0 ? who : (one.lease.staff as Staff),
          caseId: one.id,
          token: one.lease.token,
          skip,
        };
      },
    ),
  },
  {
    weight: 3,
    arbitrary: drawn('publisher-block', fc.record({ image, reason }), (value) => ({
      do: 'publisher-block',
      ...value,
    })),
  },
  {
    weight: 3,
    arbitrary: drawn('publisher-unblock', fc.record({ image }), (value) => ({
      do: 'publisher-unblock',
      ...value,
    })),
  },
  {
    weight: 2,
    arbitrary: drawn('staff-block', fc.record({ staff, image, policy: reason }), (value) => ({
      do: 'staff-block',
      ...value,
    })),
  },
  {
    weight: 2,
    arbitrary: drawn('staff-unblock', fc.record({ staff, image }), (value) => ({
      do: 'staff-unblock',
      ...value,
    })),
  },
  { weight: 2, arbitrary: drawn('protect', fc.record({ image }), (value) => ({ do: 'protect', ...value })) },
  {
    weight: 2,
    arbitrary: drawn('unprotect', fc.record({ image }), (value) => ({ do: 'unprotect', ...value })),
  },
  {
    weight: 3,
    arbitrary: drawn('appeal', fc.record({ image, of: index }), ({ image: drawnImage, of }, model) => ({
      do: 'appeal',
      image: hiddenImage(model, of) ?? drawnImage,
    })),
  },
  {
    weight: 1,
    arbitrary: drawn('withdraw-appeal', fc.record({ image }), (value) => ({
      do: 'withdraw-appeal',
      ...value,
    })),
  },
  {
    weight: 2,
    arbitrary: drawn('change-rule', fc.record({ change }), (value) => ({ do: 'change-rule', ...value })),
  },
];

/** Seldom so long that budgets of days are there again, or that what was decided says nothing of who reports now. */
const hours = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 3, arbitrary: fc.constantFrom(0.25, 0.25, 0.5, 0.75) },
  { weight: 1, arbitrary: fc.constantFrom(25, 170, 170, 730) },
);

/**
 * Time is moved by writing to all that a site has, which keeps others waiting as no passing of time does. Whoever mutes a
 * reader reads the reports of a case first, which others would change meanwhile.
 */
export const COMMANDS: typeof BESIDE_OTHERS = [
  ...BESIDE_OTHERS,
  {
    weight: 3,
    arbitrary: drawn('bind', fc.record({ address, to: ownId }), ({ address: named, to: { id } }, model) =>
      mayBind(model, id, named) ? { do: 'bind', id, address: named } : null,
    ),
  },
  { weight: 3, arbitrary: toldBytes },
  { weight: 6, arbitrary: changedBytes },
  { weight: 4, arbitrary: bytesAgain },
  { weight: 8, arbitrary: mergeOfBlocked },
  { weight: 12, arbitrary: decisionOnMerged },
  { weight: 3, arbitrary: withdrawalFromBlock },
  { weight: 8, arbitrary: mergeOfWithdrawn },
  { weight: 8, arbitrary: decisionOnWithdrawn },
  // By the site itself that binds, too.
  {
    weight: 3,
    arbitrary: drawn(
      'report',
      fc.record({ address, to: ownId, reader, reason }),
      ({ address: named, to: { id }, ...said }, model) =>
        mayBind(model, id, named) ? { do: 'report', image: { ...named, id }, ...said } : null,
    ),
  },
  {
    weight: 4,
    arbitrary: drawn('time-passes', hours, (passed) => ({ do: 'time-passes', hours: passed })),
  },
  // With it what is usual is measured, and the breaker has room again.
  {
    weight: 16,
    arbitrary: drawn('time-passes', fc.constantFrom(0.5, 1, 1), (passed, model) =>
      asksWhatIsUsual(model.rule) ? { do: 'time-passes', hours: passed } : null,
    ),
  },
  {
    weight: 2,
    arbitrary: drawn(
      'mute',
      fc.record({ of: index, n: index, days: fc.constantFrom(undefined, 1, 7) }),
      ({ of, n, days }, model) => {
        const one = caseOf(model, of);
        const votes = model.images
          .filter(({ cases: own }) => one !== undefined && own.includes(one))
          .flatMap((image) => image.votes.filter(({ round }) => round === one?.round));
        const who = nth(votes, n)?.who;
        if (one === undefined || who === undefined) return null;
        return { do: 'mute', caseId: one.id, who, ...(days === undefined ? {} : { days }) };
      },
    ),
  },
  {
    weight: 1,
    arbitrary: drawn('lift-mute', index, (n, model) => {
      const one = nth(
        Object.values(model.mutes).filter(({ id }) => id !== null),
        n,
      );
      return one?.id == null ? null : { do: 'lift-mute', mute: one.id };
    }),
  },
];
