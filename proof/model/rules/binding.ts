import { type Answer, type Asked, nameOf, type Named } from '../asked.js';
import type { Step } from '../step.js';
import { decisionsOn, UNKNOWN } from './cases.js';
import { endHold, letGo } from './holds.js';
import { blockBy, imageFor, imageNamed, openCase, seen } from './images.js';
import { dueAnew, lookAtRule } from './look-at-rule.js';
import { viewPublished } from './publishers.js';
import { type Block, type Image, type Model, type ReviewCase, SEVERE, type Vote } from './state.js';
import { leastK } from './threshold.js';
import { liftCounted } from './usual.js';
import { castOn, madeTheBlock } from './verdicts.js';

/** What was seen of an image. */
type Seen = Pick<Image, 'version'> & { readonly as: string };
const seenOf = (image: Image): Seen => ({ as: seen(image), version: image.version });

/** The site says that an address shows what its id names. */
export function bind(step: Step, asked: Extract<Asked, { do: 'bind' }>, answer: Answer): void {
  step.same('status', answer.status, 200);
  viewPublished(step, bindName(step, `i${asked.id}`, nameOf(asked.address)), answer);
}

/**
 * What readers reported by the address becomes part of the image of the id (docs/adr/0004); an address that was bound to another id
 * goes over with nothing but itself. The image of the id.
 */
export function bindName(step: Step, id: string, address: string): Image {
  const { model } = step;
  const other = imageNamed(model, address);
  const known = imageNamed(model, id);
  const ofAddress = other?.ownId === null ? other : undefined;
  if (known === undefined && ofAddress !== undefined) {
    step.reach('bound: an image gets its id');
    return named(ofAddress, id);
  }
  const image = known ?? imageFor(model, id);
  if (other === image) step.reach('bound again');
  else if (other === undefined) {
    image.names = [...image.names, address];
    step.reach('bound: an address that nobody knew');
  } else if (other.ownId !== null) {
    const seenBefore = [seenOf(image), seenOf(other)];
    other.names = other.names.filter((name) => name !== address);
    image.names = [...image.names, address];
    image.version = above(image, seenBefore);
    step.reach('bound: an address leaves another id');
  } else absorb(step, image, other);
  return image;
}

function named(image: Image, id: string): Image {
  image.names = [id, ...image.names];
  image.ownId = id;
  return image;
}

/** Whoever knows the address by what it was must take what it is for newer. */
const above = (image: Image, all: readonly Seen[]): number =>
  Math.max(...all.map(({ as, version }) => version + (as === seen(image) ? 0 : 1)));

function absorb(step: Step, image: Image, other: Image): void {
  const { model } = step;
  const before = [seenOf(image), seenOf(other)];
  step.reach(
    `bound: an image becomes part of another${before.some(({ as }) => as !== 'visible') ? ', of which one is hidden' : ''}`,
  );
  moveVotes(step, image, other);
  const blocks = blocksOfBoth(step, image, other);
  const protectedNow = image.protected || other.protected;
  if (givesWay(image, other)) endHold(step, openCase(image), 'keep');
  if (givesWay(other, image)) endHold(step, openCase(other), 'keep');
  image.keptHour = laterOf(image.keptHour, other.keptHour);
  goOnWithCase(step, image, other);
  image.protected = protectedNow;
  image.blocks = withoutOutranked(blocks, protectedNow);
  if (protectedNow) endHold(step, openCase(image));
  if (blockBy(image, 'moderator') !== undefined) endHold(step, openCase(image), 'block');
  const waiting = openCase(image);
  if (waiting !== undefined && blockBy(image, 'threshold') !== undefined) letGo(step, waiting);
  image.names = [...image.names, ...other.names];
  leave(model, image, other);
  hearAgain(model, image);
  lookAtRule(step, image, { unlocked: true });
  image.version = above(image, before);
}

const laterOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

/** Votes that stand in both current rounds count together, one of each person. */
function moveVotes(step: Step, image: Image, other: Image): void {
  const { model } = step;
  for (const vote of other.votes.filter(({ round, withdrawn }) => round === other.round && !withdrawn)) {
    const own = image.votes.find(({ who, round }) => who === vote.who && round === image.round);
    if (own === undefined || model.wrong === 'merge-counts-twice')
      image.votes.push({
        ...vote,
        reasons: [...vote.reasons],
        round: image.round,
        receipt: '',
        turn: model.turn,
      });
    else {
      step.reach('bound: who reported both has one vote');
      joinVotes(model, image, own, vote);
    }
  }
}

/** It counts if either did, for the reasons of both, from the earlier of both times on. */
function joinVotes(model: Model, image: Image, own: Vote, vote: Vote): void {
  const takesPlaces = vote.leftOut === null && (own.leftOut !== null || vote.networks === null);
  const isOver = own.withdrawn && !madeTheBlock(model, image, own);
  const earlier = isOver || vote.cast < own.cast ? vote : own;
  const reasons = own.withdrawn ? [] : own.reasons;
  const urgent = vote.urgent || (own.urgent && !own.withdrawn);
  Object.assign(own, {
    reasons: [...new Set([...reasons, ...vote.reasons])],
    urgent,
    hour: earlier.hour,
    cast: earlier.cast,
    castIn: earlier.castIn,
    turn: model.turn,
    words: [...own.words, ...vote.words],
    networks: takesPlaces ? vote.networks : own.networks,
    leftOut: own.leftOut !== null && vote.leftOut !== null ? own.leftOut : null,
    spentHour: own.spentHour ?? vote.spentHour,
    withdrawn: false,
  } satisfies Partial<Vote>);
}

/** What a person said stands; what a rule did gives way where a person has kept the other, and only that. */
function blocksOfBoth(step: Step, image: Image, other: Image): Block[] {
  const { model } = step;
  const standing = (of: Image, beside: Image): Block[] =>
    givesWay(of, beside)
      ? of.blocks.filter(({ source, reason }) => source !== 'threshold' || reason === SEVERE)
      : of.blocks;
  const own = standing(image, other);
  for (const block of gaveWay(step, [image, own], [other, standing(other, image)])) liftCounted(model, block);
  if (model.wrong === 'merge-loses-blocks') return own;
  const carried = standing(other, image)
    .filter(({ source }) => source === 'moderator' || own.every((block) => block.source !== source))
    .map((block) => (block.source === 'threshold' ? carriedOver(step, image, other, block) : block));
  for (const { source } of carried) step.reach(`bound: the other's block comes along: ${source}`);
  return [...own, ...carried];
}

/** A person has kept the other, and only the other: what a rule did, or would have but for a hold, gives way. */
const givesWay = (of: Image, beside: Image): boolean => of.keptHour === null && beside.keptHour !== null;

/** What is reversed by that (4): by a protection of either all that the rule did, else what did not stand beside a keep. */
function gaveWay(step: Step, ...both: readonly (readonly [Image, readonly Block[]])[]): readonly Block[] {
  const byRule = both.flatMap(([{ blocks }]) => blocks.filter(({ source }) => source === 'threshold'));
  const isProtected = both.some(([image]) => image.protected);
  const gone = isProtected
    ? byRule
    : byRule.filter((block) => !both.some(([, stands]) => stands.includes(block)));
  if (gone.length > 0)
    step.reach(`bound: the rule's block gives way to a ${isProtected ? 'protection' : 'keep'}`);
  return gone;
}

/** It has its time for a review anew. Of a round that was over before, the votes that made it stayed behind. */
const carriedOver = ({ model }: Step, { round }: Image, other: Image, block: Block): Block =>
  dueAnew(model, { ...block, round, ...(block.round === other.round ? {} : { voters: [], besides: [] }) });

/**
 * Whoever had spoken of either by then is one of those who made a block by the rule, also where a decision took its place, and where they
 * have withdrawn since (8). Who spoke of the other in the moment of the block, or withdrew then, may be one of them: which of the two
 * came first nobody was told.
 */
function hearAgain(model: Model, image: Image): void {
  const heard = (block: Block): Block => {
    if (block.voters === undefined || block.round !== image.round) return block;
    const { voters, besides = [], moment = 0, turn = 0 } = block;
    const others = castOn(model, image, image.round).filter(
      ({ who, leftOut }) => leftOut === null && !voters.includes(who) && !besides.includes(who),
    );
    const isBefore = ({ cast, castIn, withdrawn, withdrawnIn }: Vote): boolean =>
      castIn !== moment && cast <= turn && !(withdrawn && (withdrawnIn ?? 0) <= moment);
    const isOfThen = ({ cast, castIn, withdrawn, withdrawnIn }: Vote): boolean =>
      (castIn === moment && !(withdrawn && (withdrawnIn ?? 0) < moment)) ||
      (cast <= turn && withdrawn && withdrawnIn === moment);
    const named = (all: readonly Vote[]): string[] => all.map(({ who }) => who);
    return {
      ...block,
      voters: [...voters, ...named(others.filter(isBefore))],
      besides: [...besides, ...named(others.filter(isOfThen))],
    };
  };
  image.blocks = image.blocks.map(heard);
  const index = model.images.indexOf(image);
  model.decisions = model.decisions.map((made) =>
    made.image === index ? { ...made, removed: made.removed.map(heard) } : made,
  );
}

/** What a person says outranks the rule, and so does a protection. */
function withoutOutranked(blocks: readonly Block[], isProtected: boolean): Block[] {
  const outranked = isProtected || blocks.some(({ source }) => source === 'moderator');
  return blocks.filter(({ source }) => source !== 'threshold' || !outranked);
}

/** A case that awaits a decision goes on: the image's own, or else the other's as one of the image's round. */
function goOnWithCase(step: Step, image: Image, other: Image): void {
  const waiting = openCase(other);
  if (waiting === undefined) return;
  const own = openCase(image) ?? image.cases.find(({ round }) => round === image.round);
  if (own !== undefined) {
    if (own.status !== 'closed') {
      own.appealed ||= waiting.appealed;
      own.severe ||= waiting.severe;
    }
    own.liftedHour = laterOf(own.liftedHour, waiting.liftedHour);
    step.reach(
      `bound: the other's case ends beside ${own.status === 'closed' ? 'a closed one' : 'one that waits'}`,
    );
    return;
  }
  const goesOn: ReviewCase = {
    ...waiting,
    id: UNKNOWN,
    round: image.round,
    version: 1,
    lease: null,
    openedAfter: decisionsOn(step.model, image).length,
    holdDue: waiting.held ? step.model.hour + 1 : null,
    timesHeld: 0,
    timesTold: 0,
    placeOfBlock: true,
  };
  image.cases.push(goesOn);
  step.reach("bound: the other's case goes on");
}

/** What is left of it: where it went, and who had spoken in rounds that were over. */
function leave(model: Model, image: Image, other: Image): void {
  const waiting = openCase(other);
  if (waiting !== undefined)
    Object.assign(waiting, {
      status: 'closed',
      outcome: 'merged',
      version: waiting.version + 1,
      lease: null,
      held: false,
    } satisfies Partial<ReviewCase>);
  Object.assign(other, {
    merged: { into: model.images.indexOf(image), round: image.round },
    blocks: [],
    protected: false,
  } satisfies Partial<Image>);
}

/**
 * Whether it is told what becomes of both images that may become one: nobody told of bytes of either, and places of networks suffice for those of both images that may become one. Where they do not, the earliest keep theirs, and
 * which is that of two in one moment nothing tells.
 */
export function mayBind(model: Model, id: number, address: Named): boolean {
  const [image, other] = [imageNamed(model, `i${id}`), imageNamed(model, nameOf(address))];
  if (image === undefined || other === undefined || image === other) return true;
  if (image.content !== null || other.content !== null) return false;
  const { rule } = model;
  const placed = [image, other].flatMap((one) =>
    one.votes.filter(
      ({ round, leftOut, networks }) => round === one.round && leftOut === null && networks !== null,
    ),
  );
  const at = (width: 'narrow' | 'wide', network: string): number =>
    placed.filter(({ networks }) => networks?.[width].includes(network)).length;
  return placed.every((vote) => {
    const { networks } = vote;
    return (
      networks === null ||
      (networks.narrow.every((network) => at('narrow', network) <= rule.perNetwork) &&
        (rule.minNetworks === 1 ||
          networks.wide.every((network) => at('wide', network) < leastK(rule, vote))))
    );
  });
}
