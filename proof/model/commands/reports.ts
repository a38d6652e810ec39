import fc from 'fast-check';
import { namedAs } from '../asked.js';
import { imageNamed, openCase } from '../rules/images.js';
import { whoOf } from '../rules/reports.js';
import { type Image, SEVERE, type Vote } from '../rules/state.js';
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
  shownImage,
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
          reader:
            account < 5 ? { kind: 'account', account, verified: true, at: 0 } : { kind: 'named', account },
          reason: given,
          ...withWords(written),
        }
      : null,
);

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
