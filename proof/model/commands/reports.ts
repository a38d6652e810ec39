import fc from 'fast-check';
import { namedAs, type Reader } from '../asked.js';
import { imageNamed, openCase } from '../rules/images.js';
import { whoOf } from '../rules/reports.js';
import { type Image, type Model, type Reason, SEVERE, type Vote } from '../rules/state.js';
import { standing } from '../rules/threshold.js';
import { asksWhatIsUsual } from './rules.js';
import {
  drawn,
  image,
  index,
  mildReason,
  names,
  nth,
  reader,
  reason,
  SAME_WORDS,
  shownImage,
  shownNames,
  withWords,
  words,
} from './drawn.js';

export const report = drawn(
  'report',
  fc.record({ image, reader, reason, written: words }),
  ({ written, ...value }) => ({ do: 'report', ...value, ...withWords(written) }),
);

/** By few whom the site vouches for, some of whom it names itself, on what nothing hides, and often with the same words. */
export const reportTogether = drawn(
  'report',
  fc.record({ of: fc.nat({ max: 1 }), account: fc.nat({ max: 7 }), reason: mildReason, written: words }),
  ({ of, account, reason: given, written }, model) =>
    model.rule.hold
      ? {
          do: 'report',
          image: shownImage(model, of),
          reader: account < 5 ? signedFor(account) : { kind: 'named', account },
          reason: given,
          ...withWords(written),
        }
      : null,
);

const signedFor = (account: number): Reader => ({ kind: 'account', account, verified: true, at: 0 });

/**
 * By the new device, on one image after the other, and, where that was, by those whom the site names: of neither is a sign what they
 * reported elsewhere.
 */
export const reportBesideNewDevice = drawn(
  'report',
  fc.record({ of: index, reason: mildReason, beside: fc.boolean() }),
  ({ of, reason: given, beside }, model) => {
    if (!model.rule.hold) return null;
    const shown = shownNames(model);
    const lacks = (reader: Reader) => (name: string) => saidBy(model, name, reader).length === 0;
    const without = shown.filter(lacks(NEW_DEVICE));
    const missing = shown
      .filter((name) => !without.includes(name))
      .flatMap((name) => NAMED.filter((one) => lacks(one)(name)).map((reader) => ({ name, reader })));
    const fresh = without.map((name) => ({ name, reader: NEW_DEVICE }));
    const one = beside ? missing[0] : nth(fresh, of);
    return one === undefined
      ? null
      : { do: 'report', image: namedAs(one.name), reader: one.reader, reason: given };
  },
);

const NEW_DEVICE: Reader = { kind: 'device', device: 0, at: 0 };
const NAMED: readonly Reader[] = [5, 6, 7].map((account) => ({ kind: 'named', account }));

/** The reasons that they gave, and did not take back. */
const saidBy = (model: Model, name: string, reader: Reader): readonly Reason[] => {
  const image = imageNamed(model, name);
  const votes = image === undefined ? [] : standing(image);
  return votes.find(({ who }) => who === whoOf(reader))?.reasons ?? [];
};

/** By somebody who said nothing yet of what most have reported of all that nothing hides: there one block comes after the other. */
export const oneMoreReport = drawn(
  'report',
  fc.record({ reason: mildReason }),
  ({ reason: given }, model) => {
    if (!asksWhatIsUsual(model.rule)) return null;
    const shown = names().map((name) => ({ name, image: imageNamed(model, name) }));
    const votesOn = (image: Image | undefined): Vote[] => (image === undefined ? [] : standing(image));
    const [most] = shown
      .filter(({ image }) => image === undefined || image.blocks.length === 0)
      .sort((a, b) => votesOn(b.image).length - votesOn(a.image).length);
    const voted = votesOn(most?.image).map(({ who }) => who);
    const account = [7, 6, 5, 4, 3, 2, 1, 0].find(
      (one) => !voted.includes(whoOf({ kind: 'named', account: one })),
    );
    return most === undefined || account === undefined
      ? null
      : { do: 'report', image: namedAs(most.name), reader: { kind: 'named', account }, reason: given };
  },
);

/**
 * By few, whose budgets are soon spent, on what nothing hides: then it takes two of them. Not where blocks may be lifted, which
 * those for the severe reason never are.
 */
export const severeReport = drawn(
  'report',
  fc.record({ of: index, account: fc.nat({ max: 1 }) }),
  (value, model) =>
    model.rule.onOverdue === 'unblock'
      ? null
      : {
          do: 'report',
          image: shownImage(model, value.of),
          reader: { kind: 'named', account: value.account },
          reason: SEVERE,
        },
);

/**
 * By two who look coordinated where two do that write the same: by the other where one of them said so already and blocked nothing,
 * since that budget was spent. For the severe reason what is set aside blocks all the same.
 */
export const severeTogether = drawn('report', index, (n, model) => {
  if (!model.rule.hold || model.rule.holdBounds.sameComment > 2) return null;
  const [one, other] = [signedFor(0), signedFor(1)];
  const shown = shownNames(model);
  const waiting = shown.find((name) => saysSevere(model, name, one) && !saysSevere(model, name, other));
  const fresh = shown.filter((name) => !saysSevere(model, name, one));
  const name = waiting ?? nth(fresh, n);
  return name === undefined
    ? null
    : {
        do: 'report',
        image: namedAs(name),
        reader: waiting === undefined ? one : other,
        reason: SEVERE,
        words: SAME_WORDS,
      };
});

const saysSevere = (model: Model, name: string, reader: Reader): boolean =>
  saidBy(model, name, reader).includes(SEVERE);

/** On what was lifted since nobody had reviewed it. */
export const reportAfterLifting = drawn(
  'report',
  fc.record({ of: index, reader, reason }),
  ({ of, ...said }, model) => {
    const lifted = model.images.filter((one) => openCase(one)?.liftedHour != null);
    const [name] = nth(lifted, of)?.names ?? [];
    return name === undefined ? null : { do: 'report', image: namedAs(name), ...said };
  },
);
