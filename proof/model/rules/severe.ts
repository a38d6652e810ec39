import type { Model, Vote } from './state.js';

const REPORTER_HOURS = 7 * 24;
const NETWORK_HOURS = 24;
const UNREVIEWED_OF_SITE = 3;

/** Rule 6: what is left of the budgets within which one vote blocks alone, for the severe reason. */
export function mayBlockAlone(model: Model, { who, networks }: Vote): boolean {
  if (model.wrong === 'severe-without-budget') return true;
  const within = (hours: number): Vote[] =>
    model.images.flatMap(({ votes }) =>
      votes.filter(({ spentHour }) => spentHour !== null && spentHour > model.hour - hours),
    );
  if (within(REPORTER_HOURS).some((spent) => spent.who === who)) return false;
  const own = model.rule.minNetworks === 1 ? [] : (networks?.narrow ?? []);
  const isOfOwn = ({ networks: of }: Vote): boolean =>
    of?.narrow.some((narrow) => own.includes(narrow)) === true;
  if (within(NETWORK_HOURS).some(isOfOwn)) return false;
  const unreviewed = model.images.flatMap(({ blocks }) =>
    blocks.filter(({ alone, hour }) => alone === true && hour > model.hour - 1),
  );
  return unreviewed.length < UNREVIEWED_OF_SITE;
}
