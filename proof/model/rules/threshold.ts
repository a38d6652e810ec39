import { coordinated } from './coordinated.js';
import { blockBy, openCase, seen } from './images.js';
import {
  type Evidence,
  type Image,
  type Model,
  type Reason,
  REASONS,
  type Rule,
  SEVERE,
  type Vote,
} from './state.js';
import { FULL, weightOf, weightOfAll } from './weights.js';

/** Votes that stand in the current round, counted or not. */
export const standing = (image: Image): Vote[] =>
  image.votes.filter((vote) => vote.round === image.round && !vote.withdrawn);

export const counted = (image: Image): Vote[] => standing(image).filter((vote) => vote.leftOut === null);

/** The fewest that a vote with these reasons can count among: a reason's own K, where that is lower. */
export const leastK = ({ reporters, reasons: own }: Rule, { reasons }: Pick<Vote, 'reasons'>): number =>
  Math.min(reporters, ...reasons.map((reason) => own[reason]?.reporters ?? Infinity));

/** What is asked of so many votes: more, for a while after somebody kept the image. */
function needed(model: Model, image: Image, k: number): number {
  const { factor, cooldownHours } = model.rule.afterKeep;
  const cooling = image.keptHour !== null && model.hour < image.keptHour + cooldownHours;
  return (cooling && model.wrong !== 'no-cooldown' ? k * factor : k) + (model.wrong === 'threshold' ? 1 : 0);
}

/** Whether people from enough networks are among them: each who is not capped stands for one. */
function fromEnoughNetworks(model: Model, votes: readonly Vote[], enough: number): boolean {
  const free = votes.filter(({ networks }) => networks === null).length;
  const narrow = new Set(votes.flatMap(({ networks }) => networks?.narrow.slice(0, 1) ?? []));
  return free >= enough || free + narrow.size >= model.rule.minNetworks;
}

/** Of one wide network no more than K - 1 are taken, the heaviest. */
function withoutCrowds(model: Model, votes: readonly Vote[], k: number): Vote[] {
  if (model.rule.minNetworks === 1 || model.wrong === 'no-caps') return [...votes];
  const taken: Record<string, number> = {};
  const heaviestFirst = [...votes].sort((a, b) => weightOf(model, b) - weightOf(model, a));
  return heaviestFirst.filter(({ networks }) => {
    const [wide] = networks?.wide ?? [];
    if (wide === undefined) return true;
    taken[wide] = (taken[wide] ?? 0) + 1;
    return taken[wide] < k;
  });
}

/** What they weigh together is asked for, too: no person and no trusted person blocks alone. Null: they do not suffice. */
function meets(
  model: Model,
  image: Image,
  votes: readonly Vote[],
  k: number,
): Pick<Evidence, 'needed' | 'reporters' | 'weight'> | null {
  const enough = needed(model, image, k);
  const people = withoutCrowds(model, votes, k);
  const weight = weightOfAll(model, people);
  const suffices =
    people.length >= enough && weight >= FULL * enough && fromEnoughNetworks(model, people, enough);
  return suffices ? { needed: enough, reporters: votes.length, weight } : null;
}

/** Votes of the window, which begins anew where a block was lifted that nobody had reviewed (13). */
export function inWindow(model: Model, image: Image, votes: readonly Vote[]): Vote[] {
  const one = openCase(image) ?? image.cases.find(({ round }) => round === image.round);
  const lifted = model.wrong === 'overdue-window' ? 0 : (one?.liftedHour ?? 0);
  return votes.filter(
    ({ hour }) =>
      hour >= lifted && (model.wrong === 'no-window' || hour > model.hour - model.rule.windowHours),
  );
}

/** Votes for the total: a reason whose own K is above the site's counts only for itself. */
export const forTotal = ({ rule }: Model, votes: readonly Vote[]): Vote[] =>
  votes.filter(({ reasons }) =>
    reasons.some((reason) => (rule.reasons[reason]?.reporters ?? rule.reporters) <= rule.reporters),
  );

/** Those of the window that count. */
export const votesThatCount = (model: Model, image: Image): Vote[] => inWindow(model, image, counted(image));

export type Crossing = Evidence & { readonly reason: Reason };

/** What the votes of the window reach, protection, breaker and blocks aside; null: nothing. */
export const crossing = (model: Model, image: Image): Crossing | null =>
  crossingOfPeople(model, image) ?? crossingOfSevere(model, image);

/** K people, of the whole or of a reason, besides those who look coordinated (4). */
export function crossingOfPeople(model: Model, image: Image): Crossing | null {
  const votes = votesThatCount(model, image);
  const { aside, signs } = coordinated(model, image, votes);
  if (aside.length === 0) return crossingOf(model, image, votes);
  const rest = votes.filter((vote) => !aside.includes(vote));
  const met = model.wrong === 'hold-vetoes' ? null : crossingOf(model, image, rest);
  return met && { ...met, setAside: aside.length, signs };
}

/** K people, whatever they look like. */
export const crossingOfAll = (model: Model, image: Image): Crossing | null =>
  crossingOf(model, image, votesThatCount(model, image));

const NOBODY_ASIDE = { setAside: 0, signs: [] };

function crossingOf(model: Model, image: Image, votes: readonly Vote[]): Crossing | null {
  const { rule } = model;
  for (const reason of REASONS) {
    const k = rule.reasons[reason]?.reporters;
    const those = votes.filter((vote) => vote.reasons.includes(reason));
    const met = k === undefined ? null : meets(model, image, those, k);
    if (met !== null)
      return { crossedBy: 'reason', reason: givesSevere(those) ? SEVERE : reason, ...met, ...NOBODY_ASIDE };
  }
  const total = forTotal(model, votes);
  const met = meets(model, image, total, rule.reporters);
  return met && { crossedBy: 'total', reason: commonest(total), ...met, ...NOBODY_ASIDE };
}

/** Two who give the severe reason. */
export function crossingOfSevere(model: Model, image: Image): Crossing | null {
  const all = votesThatCount(model, image);
  const aside = model.wrong === 'hold-severe' ? coordinated(model, image, all).aside : [];
  const votes = all.filter((vote) => isSevere(vote) && !aside.includes(vote));
  return image.keptHour === null && fromTwoPlaces(model, votes) ? bySevere(model, image, 2) : null;
}

/** Rule 6: weight does not matter, but is told. */
export function bySevere(model: Model, image: Image, atLeast: 1 | 2): Crossing {
  const votes = votesThatCount(model, image).filter(isSevere);
  const weight = weightOfAll(model, votes);
  const reporters = votes.length;
  return { crossedBy: 'severe', reason: SEVERE, needed: atLeast, reporters, weight, ...NOBODY_ASIDE };
}

const isSevere = ({ reasons }: Vote): boolean => reasons.includes(SEVERE);
const givesSevere = (votes: readonly Vote[]): boolean => votes.some(isSevere);

/** Rule 6: two people on two wide networks, where who is not capped stands for one of their own. */
function fromTwoPlaces({ rule }: Model, votes: readonly Vote[]): boolean {
  const free = votes.filter(({ networks }) => networks === null).length;
  const wide = new Set(votes.flatMap(({ networks }) => networks?.wide ?? []));
  return (rule.minNetworks === 1 ? votes.length : free + wide.size) >= 2;
}

/** As many people as the rule asks for, from whatever networks: with that a case opens again after a keep. */
export function reachesK(model: Model, image: Image): boolean {
  const { rule } = model;
  const votes = votesThatCount(model, image);
  return (
    forTotal(model, votes).length >= rule.reporters ||
    REASONS.some((reason) => {
      const k = rule.reasons[reason]?.reporters;
      return k !== undefined && votes.filter(({ reasons }) => reasons.includes(reason)).length >= k;
    })
  );
}

/** The reason that most of them give, a severe one first; of equal ones the first in the contract's list. */
function commonest(votes: readonly Vote[]): Reason {
  const count = (reason: Reason): number => votes.filter((vote) => vote.reasons.includes(reason)).length;
  if (count(SEVERE) > 0) return SEVERE;
  return REASONS.reduce((best, reason) => (count(reason) > count(best) ? reason : best));
}

/** Whether a person's word outranks the rule; the publisher's own block does not stand in its way. */
export const isOutranked = (image: Image): boolean =>
  image.protected || blockBy(image, 'moderator') !== undefined;

/** Whether the rule may block it now. */
export const ruleMayBlock = (model: Model, image: Image): boolean =>
  model.rule.autoBlock && !isOutranked(image) && blockBy(image, 'threshold') === undefined;

export const stateOf = (image: Image): { blocked: boolean; version?: number } =>
  seen(image) === 'visible' ? { blocked: false } : { blocked: true, version: image.version };
