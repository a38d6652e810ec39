import { type Answer, type Asked, nameOf, type Named, namesOf, type Reader } from '../asked.js';
import { at } from '../differences.js';
import type { Step } from '../step.js';
import { bindName } from './binding.js';
import { lookAtRule } from './look-at-rule.js';
import { imageAt, imageFor, imageNamed, openCase } from './images.js';
import { type Decision, type Image, type LeftOut, type Model, SEVERE, type Vote } from './state.js';
import { isMuted } from './mutes.js';
import { inWindow, leastK, stateOf } from './threshold.js';
import { madeTheBlock } from './verdicts.js';

type Report = Extract<Asked, { do: 'report' }>;

/** Accounts are one person whether the site names them or signs for them; a device is another. */
export const whoOf = (reader: Reader): string =>
  reader.kind === 'device' ? `device ${reader.device}` : `account ${reader.account}`;

/** Eight narrow networks, two in each wide one. */
const wideOf = (narrow: number): string => `wide ${Math.floor(narrow / 2)}`;

/** Where each device was minted. */
export const mintedAt = (device: number): number => device % 8;

/** Every other is as new as the world, whose tokens no command makes older; the others were made long before. */
export const isYoung = (device: number): boolean => device % 2 === 0;

function networksOf(reader: Reader): Vote['networks'] {
  if (reader.kind === 'named' || (reader.kind === 'account' && reader.verified)) return null;
  const where = reader.kind === 'device' ? [reader.at, mintedAt(reader.device)] : [reader.at];
  return {
    narrow: [...new Set(where.map((narrow) => `narrow ${narrow}`))],
    // The token of a device tells its narrow network only.
    wide: [wideOf(reader.at)],
  };
}

/** By the secret key where it is named, else as a browser does, which binds nothing and tells of no new id. */
const bySecretKey = (reader: Reader): boolean => reader.kind === 'named';

function reportedImage(step: Step, image: Named, reader: Reader): Image | null {
  const { model } = step;
  const [name = '', address] = namesOf(image);
  if (address !== undefined && bySecretKey(reader)) return bindName(step, name, address);
  const isNewId = name.startsWith('i') && imageNamed(model, name) === undefined;
  if (!isNewId || bySecretKey(reader)) return imageFor(model, name);
  // What a browser says of an id that the site never told of is about the address.
  return address === undefined ? null : imageFor(model, address);
}

/** Whether a new vote counts, and if not why: who is muted before the budget, that before networks. */
function leftOutOf(step: Step, image: Image, vote: Omit<Vote, 'leftOut'>): LeftOut | null {
  if (isMuted(step.model, vote.who)) return 'muted';
  return isSpent(step, vote) ? 'budget' : leftOutOfNetwork(step.model, image, vote);
}

/**
 * Rule 5: what happens in the same moment need not be seen, so each other request may make it one more, or less, in the count of
 * what stands.
 */
function isSpent(step: Step, { kind, who }: Omit<Vote, 'leftOut'>): boolean {
  const { model, besides } = step;
  const budget = model.rule.reporterBudget?.[kind === 'device' ? 'device' : 'account'];
  if (budget === undefined) return false;
  const used = countedOnUndecided(model, who);
  const unseen = besides.reduce((sum, asked) => sum + mayChangeBudget(asked, who), 0);
  const spent = used >= budget;
  const either = spent ? used - unseen < budget : used + unseen >= budget;
  return either ? step.oneOf(spent, !spent) : spent;
}

function mayChangeBudget(asked: Asked, who: string): number {
  switch (asked.do) {
    case 'report':
      return whoOf(asked.reader) === who ? 1 : 0;
    case 'decide-many':
      return asked.decisions.length;
    case 'decide':
    case 'undo':
    case 'staff-block':
    case 'staff-unblock':
      return 1;
    default:
      return 0;
  }
}

function leftOutOfNetwork(model: Model, image: Image, vote: Omit<Vote, 'leftOut'>): LeftOut | null {
  const { rule } = model;
  if (vote.networks === null || model.wrong === 'no-caps') return null;
  const placed = image.votes.filter(
    ({ round, leftOut, networks }) => round === image.round && leftOut === null && networks !== null,
  );
  const taken = (width: 'narrow' | 'wide', network: string): number =>
    placed.filter(({ networks }) => networks?.[width].includes(network)).length;
  if (vote.networks.narrow.some((network) => taken('narrow', network) >= rule.perNetwork)) return 'network';
  const wideIsCapped = rule.minNetworks > 1;
  // K is what the vote can bring about: a reason's own, where that is lower.
  const k = leastK(rule, vote);
  if (wideIsCapped && vote.networks.wide.some((network) => taken('wide', network) >= k - 1))
    return 'wide-network';
  return null;
}

/** People have closed the case of its current round, or blocked it. */
const isDecided = (image: Image): boolean =>
  openCase(image) === undefined &&
  (image.blocks.some(({ source }) => source === 'moderator') ||
    image.cases.some(({ round, outcome }) => round === image.round && outcome !== 'merged'));

/** Images with a counted vote that nobody has decided on; a withdrawn one frees nothing. */
const countedOnUndecided = (model: Model, who: string): number =>
  model.images.filter(
    (image) =>
      image.merged === null &&
      !isDecided(image) &&
      image.votes.some((vote) => vote.who === who && vote.round === image.round && vote.leftOut === null),
  ).length;

/** Rules 1 to 3, 6, 9, 17 and 19. */
export function report(step: Step, asked: Report, answer: Answer): void {
  const { image: named, reader, reason, words } = asked;
  const { model } = step;
  const image = reportedImage(step, named, reader);
  if (image === null) return step.problem(answer, 422, 'invalid');
  const index = model.images.indexOf(image);
  const who = whoOf(reader);
  const before = image.votes.find((vote) => vote.who === who && vote.round === image.round);
  const receipt = String(at(answer.body, 'receipt'));
  const muted = isMuted(model, who);
  let vote: Vote;
  let news = true;
  let severe = reason === SEVERE;
  let isCast = true;
  if (before === undefined) {
    const cast = {
      who,
      kind: reader.kind,
      round: image.round,
      reasons: [reason],
      networks: networksOf(reader),
      young: reader.kind === 'device' && isYoung(reader.device),
      words: [],
      withdrawn: false,
      withdrawnIn: null,
      hour: model.hour,
      cast: model.turn,
      castIn: model.moment,
      turn: model.turn,
      urgent: reason === SEVERE && !muted,
      spentHour: null,
      receipt,
    };
    vote = { ...cast, leftOut: leftOutOf(step, image, cast) };
    image.votes.push(vote);
    if (vote.leftOut !== null) step.reach(`vote left out: ${vote.leftOut}`);
  } else {
    vote = before;
    isCast = before.withdrawn;
    if (vote.receipt === '') vote.receipt = receipt;
    step.same('receipt of the same vote', receipt, vote.receipt);
    if (before.withdrawn) {
      step.reach('withdrawn vote cast again');
      if (madeTheBlock(model, image, before)) step.reach('vote of the block cast again');
      else Object.assign(before, { hour: model.hour, cast: model.turn, castIn: model.moment });
    } else step.reach('repeated report');
    // A vote from before its reporter was muted stays as it was.
    const stays = muted && before.leftOut === null;
    if (stays) step.reach('vote from before a mute');
    if (stays) {
      news = before.withdrawn;
      severe = before.withdrawn && before.reasons.includes(SEVERE);
    } else {
      // What was taken back is taken back.
      if (before.withdrawn) Object.assign(before, { reasons: [], urgent: false });
      news = !before.reasons.includes(reason);
      severe = news && reason === SEVERE;
      if (news) before.reasons.push(reason);
      if (severe && !muted) before.urgent = true;
    }
  }
  const again = before !== undefined && !before.withdrawn;
  step.same('status', answer.status, again ? 200 : 201);
  step.same('outcome', at(answer.body, 'outcome'), again ? 'already_reported' : 'recorded');
  vote.withdrawn = false;
  if (words !== undefined) vote.words = [...vote.words, words];
  // What says nothing new is no command to look at anything, nor is one more reason of a vote that does not count now.
  const counts = vote.leftOut === null;
  if (isCast || (news && counts)) vote.turn = model.turn;
  if (isCast && counts) arrivesWithBlock(step, image, who);
  const isHeard = counts && inWindow(model, image, [vote]).length > 0;
  if (isCast || (news && (isHeard || (severe && vote.urgent)))) {
    if (!severe && waitsForOthers(step, asked)) lookLater(step, index);
    else lookAtRule(step, image, { teller: severe ? vote : null });
  } else if (words !== undefined && image.lookIsDue) {
    step.reach('words heard with a vote of their moment');
    lookAtRule(step, image);
  }
  step.view((now, differences) =>
    differences.same('image in the answer', at(answer.body, 'image'), stateOf(surviving(now, index))),
  );
}

/**
 * Rule 7: what arrives together counts together. Votes that look coordinated by one more, or by what is written beside one that stands, are
 * heard with that, where each alone would have been blocked by those before it; so the rule may look after the last of them only.
 */
const waitsForOthers = (step: Step, { image }: Report): boolean =>
  step.model.rule.hold &&
  step.besides.some((asked) => asked.do === 'report' && nameOf(asked.image) === nameOf(image)) &&
  step.oneOf(false, true);

function lookLater(step: Step, index: number): void {
  imageAt(step.model, index).lookIsDue = true;
  step.view((now, differences) =>
    differences.same('the rule has yet to look', false, imageAt(now, index).lookIsDue),
  );
}

/** Who comes in the moment of a block may be one of those who made it. */
function arrivesWithBlock(step: Step, image: Image, who: string): void {
  if (step.besides.length === 0) return;
  image.blocks = image.blocks.map((block) =>
    block.voters !== undefined && block.moment === step.model.moment && !block.voters.includes(who)
      ? { ...block, besides: [...(block.besides ?? []), who] }
      : block,
  );
}

/** What an image is known as by now, if it became part of another. */
export function surviving(model: Model, index: number): Image {
  const image = imageAt(model, index);
  return image.merged === null ? image : surviving(model, image.merged.into);
}

const votesByReceipt = (model: Model, receipt: string): { image: Image; vote: Vote } | undefined => {
  for (const image of model.images) {
    const vote = image.votes.find((cast) => cast.receipt === receipt);
    if (vote !== undefined) return whereItLives(model, image, vote);
  }
  return undefined;
};

/** A vote that stood in the current round of an image when that became part of another went along; others stayed behind. */
function whereItLives(model: Model, image: Image, vote: Vote): { image: Image; vote: Vote } {
  if (image.merged === null || vote.withdrawn || vote.round !== image.round) return { image, vote };
  const { into, round } = image.merged;
  const next = imageAt(model, into);
  const along = next.votes.find(({ who, round: of }) => who === vote.who && of === round);
  return along === undefined ? { image, vote } : whereItLives(model, next, along);
}

/** Rule 18. */
export function withdraw(step: Step, { receipt }: { receipt: string }, answer: Answer): void {
  const found = votesByReceipt(step.model, receipt);
  step.same('status', answer.status, found === undefined ? 404 : 204);
  if (found === undefined || found.vote.withdrawn) return;
  found.vote.withdrawn = true;
  found.vote.withdrawnIn = step.model.moment;
  step.reach('report withdrawn');
  const current = found.vote.round === found.image.round;
  const blocked = found.image.blocks.some(({ source }) => source === 'threshold');
  if (current && blocked && found.vote.leftOut === null) {
    const awaiting = found.image.cases.find(({ status }) => status !== 'closed');
    if (awaiting !== undefined) awaiting.supportWithdrawn = true;
    step.reach('support withdrawn');
  }
}

/** What its author sees of a report. */
export function receiptOutcome(step: Step, { receipt }: { receipt: string }, answer: Answer): void {
  const found = votesByReceipt(step.model, receipt);
  if (found === undefined) return step.problem(answer, 404, 'not-found');
  step.same('status', answer.status, 200);
  const { outcome, automated } = outcomeOf(step.model, found.image, found.vote);
  step.same('outcome of the receipt', at(answer.body, 'outcome'), outcome);
  step.same('automated', at(answer.body, 'automated'), automated);
  step.reach(`receipt: ${outcome}${automated ? ' by the rule' : ''}`);
}

function outcomeOf(model: Model, image: Image, vote: Vote): { outcome: string; automated: boolean } {
  if (vote.withdrawn) return { outcome: 'withdrawn', automated: false };
  const index = model.images.indexOf(image);
  const { blocks } = surviving(model, index);
  if (blocks.length > 0)
    return { outcome: 'blocked', automated: blocks.every(({ source }) => source === 'threshold') };
  const last = wordsSince(model, index, vote.round).at(-1)?.action;
  return { outcome: last === 'keep' ? 'kept' : last === 'block' ? 'blocked' : 'pending', automated: false };
}

/** What people decided of the image in that round or later, or of what it became part of, oldest first. */
function wordsSince(model: Model, index: number, round: number): Decision[] {
  const { merged } = imageAt(model, index);
  const own = model.decisions.filter(
    ({ action, undone, roundBefore, image }) =>
      action !== 'escalate' && !undone && image === index && roundBefore >= round,
  );
  const since = merged === null ? [] : wordsSince(model, merged.into, merged.round);
  return [...own, ...since].sort((a, b) => model.decisions.indexOf(a) - model.decisions.indexOf(b));
}
