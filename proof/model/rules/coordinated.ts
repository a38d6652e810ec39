import { openCase } from './images.js';
import type { Decision, Image, Model, Sign, Vote } from './state.js';

/** Where few blocks were upheld half an hour is usual, and nobody measures here. */
const USUAL_HOURS = 0.5;
const LEAST_LETTERS = 15;
const UNDECIDED_HOURS = 7 * 24;
const DECIDED_HOURS = 30 * 24;
const NEEDED_SIGNS = 2;

interface Found {
  readonly sign: Sign;
  readonly on: readonly Vote[];
}

/**
 * Rule 4: which of the votes that count now look coordinated, two signs on each, and which signs there are. Without newcomers none
 * of them is a sign of those who stand beside.
 */
export function coordinated(
  model: Model,
  image: Image,
  votes: readonly Vote[],
): { readonly aside: readonly Vote[]; readonly signs: readonly Sign[] } {
  if (!model.rule.hold || model.wrong === 'no-hold') return { aside: [], signs: [] };
  const found = [
    burst(model, votes),
    sameComment(model, votes),
    cohort(model, image, votes),
    prolific(model, image, votes),
  ].filter(({ on }) => on.length > 0);
  const agreeing = model.wrong === 'one-sign-alone' ? 1 : NEEDED_SIGNS;
  const aside = votes.filter((vote) => found.filter(({ on }) => on.includes(vote)).length >= agreeing);
  return { aside, signs: found.map(({ sign }) => sign) };
}

const foundOn = (
  signal: Sign['signal'],
  on: readonly Vote[],
  figures: Readonly<Record<string, number>>,
): Found => ({ sign: { signal, votes: on.length, figures }, on });

/** K votes so much faster than is usual. Between two votes of one quarter of an hour seconds pass, and those are not told. */
function burst(model: Model, votes: readonly Vote[]): Found {
  const { reporters, holdBounds } = model.rule;
  const within = model.wrong === 'slow-burst' ? 2 : USUAL_HOURS / holdBounds.burst;
  const crowds = votes
    .map((first) => votes.filter(({ hour }) => hour >= first.hour && hour - first.hour < within))
    .filter(({ length }) => length >= reporters);
  const on = votes.filter((vote) => crowds.some((crowd) => crowd.includes(vote)));
  return foundOn('burst', on, { usualSeconds: USUAL_HOURS * 3600 });
}

/** Letters and digits alone are compared, whether small or capital. */
const lettersOf = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function sameComment(model: Model, votes: readonly Vote[]): Found {
  const least = model.wrong === 'short-words' ? 1 : LEAST_LETTERS;
  const texts = (vote: Vote): string[] => vote.words.map(lettersOf).filter(({ length }) => length >= least);
  const groups = groupsOf(votes, texts, model.rule.holdBounds.sameComment);
  return foundOn('same-comment', membersOf(votes, groups), { texts: groups.length });
}

/** Who reported together elsewhere what nobody has decided on or what was dismissed, more often than they were right together. */
function cohort(model: Model, image: Image, all: readonly Vote[]): Found {
  const votes = all.filter((vote) => hasPast(model, vote));
  const { cohort: bound } = model.rule.holdBounds;
  const undecided = groupsOf(votes, (vote) => undecidedOf(model, image, vote), bound);
  const dismissed = groupsOf(votes, (vote) => judged(model, vote, false), bound);
  const upheld = groupsOf(votes, (vote) => judged(model, vote, true), bound);
  const times = (groups: readonly (readonly Vote[])[], vote: Vote): number =>
    groups.filter((group) => group.includes(vote)).length;
  const on = votes.filter(
    (vote) =>
      times([...undecided, ...dismissed], vote) >
      (model.wrong === 'cohort-of-the-right' ? 0 : times(upheld, vote)),
  );
  return foundOn('cohort', on, { dismissed: dismissed.length, undecided: undecided.length });
}

/** Who has several other reports that nobody has decided on or that were dismissed, and not as many that were upheld. */
function prolific(model: Model, image: Image, all: readonly Vote[]): Found {
  const reports = (vote: Vote): number =>
    undecidedOf(model, image, vote).length + judged(model, vote, false).length;
  const on = all.filter(
    (vote) =>
      hasPast(model, vote) &&
      reports(vote) >= model.rule.holdBounds.prolific &&
      reports(vote) > judged(model, vote, true).length,
  );
  return foundOn('prolific', on, { reports: Math.max(0, ...on.map(reports)) });
}

/** A device that was made within the hour has none. */
const hasPast = (model: Model, { young }: Vote): boolean => !young || model.wrong === 'young-devices';

/** Other images whose case awaits a decision and holds a vote of theirs that stands; of whom the site names none. */
function undecidedOf(model: Model, image: Image, { who, kind }: Vote): Image[] {
  if (kind === 'named' && model.wrong !== 'named-compared') return [];
  return model.images.filter((other) => {
    const awaiting = openCase(other);
    if (awaiting === undefined || other === image) return false;
    return other.votes.some(
      (vote) =>
        vote.who === who &&
        vote.round >= awaiting.round &&
        !vote.withdrawn &&
        vote.hour > model.hour - UNDECIDED_HOURS,
    );
  });
}

/** Decisions that stand and said of their reports that they were right, or wrong. */
const judged = (model: Model, { who, hour }: Vote, valid: boolean): Decision[] =>
  model.decisions.filter(
    (made) =>
      !made.undone &&
      made.said?.valid === valid &&
      made.said.of.includes(who) &&
      hour - made.hour < DECIDED_HOURS,
  );

/** Those who have something in common, for each thing that so many have. */
function groupsOf<Thing>(
  votes: readonly Vote[],
  thingsOf: (vote: Vote) => readonly Thing[],
  bound: number,
): Vote[][] {
  const things = new Set(votes.flatMap(thingsOf));
  return [...things]
    .map((thing) => votes.filter((vote) => thingsOf(vote).includes(thing)))
    .filter(({ length }) => length >= bound);
}

const membersOf = (votes: readonly Vote[], groups: readonly (readonly Vote[])[]): Vote[] =>
  votes.filter((vote) => groups.some((group) => group.includes(vote)));
