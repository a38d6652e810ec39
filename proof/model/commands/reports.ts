import fc from 'fast-check';
import { namedAs, type Reader } from '../asked.js';
import { imageNamed, openCase } from '../rules/images.js';
import { whoOf } from '../rules/reports.js';
import { type Image, type Model, SEVERE, type Vote } from '../rules/state.js';
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

/**
 * By few whom the site vouches for, some of whom it names itself, and by the new device, whose past is no sign: on what nothing hides,
 * and often with the same words.
 */
export const reportTogether = drawn(
  'report',
  fc.record({ of: fc.nat({ max: 1 }), from: fc.nat({ max: 9 }), reason: mildReason, written: words }),
  ({ of, from, reason: given, written }, model) =>
    model.rule.hold
      ? {
          do: 'report',
          image: shownImage(model, of),
          reader: oneOfFew(from),
          reason: given,
          ...withWords(written),
        }
      : null,
);

function oneOfFew(from: number): Reader {
  if (from < 5) return signedFor(from);
  return from < 8 ? { kind: 'named', account: from } : { kind: 'device', device: 0, at: 0 };
}

const signedFor = (account: number): Reader => ({ kind: 'account', account, verified: true, at: 0 });

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

const saysSevere = (model: Model, name: string, reader: Reader): boolean => {
  const image = imageNamed(model, name);
  return (
    image !== undefined &&
    standing(image).some(({ who, reasons }) => who === whoOf(reader) && reasons.includes(SEVERE))
  );
};

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
