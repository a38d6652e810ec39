import { type Answer, type Asked, nameOf } from '../asked.js';
import { at } from '../differences.js';
import type { Step } from '../step.js';
import { openFor } from './cases.js';
import { change, imageNamed, openCase, strongest } from './images.js';
import { dueAnew } from './look-at-rule.js';
import { surviving } from './reports.js';
import { type Block, type ContentVersion, type Image, type Model, type ReviewCase, SEVERE } from './state.js';

/** A change within so many hours of the last one looks like somebody who tries what gets through. */
const RESTLESS_HOURS = 30 * 24;

type Change = 'first' | 'same' | 'new' | 'returned';

/** Rule 14, as the site tells of it: it announces what it does, and nobody looks at the bytes. */
export function tellContent(
  step: Step,
  { image: named, bytes }: Extract<Asked, { do: 'tell-content' }>,
  answer: Answer,
): void {
  const { model } = step;
  step.same('status', answer.status, 200);
  const image = imageNamed(model, nameOf(named));
  step.same('known', at(answer.body, 'known'), image !== undefined);
  if (image === undefined) return;
  const known = image.versions.findIndex((version) => version.bytes === bytes) + 1;
  const what: Change =
    image.content === null ? 'first' : known === image.content ? 'same' : known > 0 ? 'returned' : 'new';
  if (known === 0) image.versions = [...image.versions, { bytes, blocks: [], keptHour: null, word: null }];
  const version = known > 0 ? known : image.versions.length;
  if (what === 'first') {
    image.content = version;
    say(image, wordOn(image));
    step.reach('other bytes: the first');
  } else if (what === 'same') step.reach('other bytes: the same');
  else replace(step, image, version, what === 'returned' ? (image.versions[version - 1] ?? null) : null);
  step.same('what these bytes are', at(answer.body, 'change'), what);
  step.same('content version', at(answer.body, 'contentVersion'), version);
  const index = model.images.indexOf(image);
  step.view((now, differences) =>
    differences.same('blocked', at(answer.body, 'blocked'), strongest(surviving(now, index)) !== undefined),
  );
}

/** Other bytes are shown: a new round, and what stood against the old ones goes with them. */
function replace(step: Step, image: Image, version: number, back: ContentVersion | null): void {
  const { model } = step;
  step.reach(back === null ? 'other bytes' : 'other bytes: old ones are back');
  const waiting = openCase(image);
  const severe =
    waiting?.severe === true || image.blocks.some((block) => ofBytes(block) && block.reason === SEVERE);
  const stays = blocksStay(step, image, severe);
  const hadBlocks = image.blocks.some(ofBytes);
  const judged = back?.word === 'block';
  leave(image);
  const blocks = blocksAfter(step, image, stays, back);
  const before = waiting && { ...waiting };
  if (waiting !== undefined) supersede(step, waiting);
  change(image, () => {
    image.blocks = blocks;
  });
  image.round += 1;
  image.keptHour = back?.keptHour ?? null;
  image.content = version;
  image.changed = { hour: model.hour, turn: model.turn };
  if (image.keptHour !== null) step.reach('other bytes: a keep is back');
  if (judged) step.reach('other bytes: old ones are back: a person blocked them');
  const isDecided = judged && blocks.some(({ source }) => source === 'moderator');
  const isLookedAt = isDecided ? severe : stays || hadBlocks || waiting !== undefined || blocks.some(ofBytes);
  if (isLookedAt) openAnew(step, image, severe, before);
}

/** The publisher's own block is the image's, whatever its bytes. */
const ofBytes = ({ source }: Block): boolean => source !== 'publisher';

/** Nothing severe is freed by a swap, nor is what is swapped again within a month. */
function blocksStay(step: Step, { blocks, changed }: Image, severe: boolean): boolean {
  const { model } = step;
  if (!blocks.some(ofBytes)) return false;
  const staysSevere = severe && model.wrong !== 'bytes-free-severe';
  const isRestless = changed !== null && model.hour - changed.hour < RESTLESS_HOURS;
  const why = staysSevere ? 'stay: severe' : isRestless ? 'stay: changed again' : 'go';
  step.reach(`other bytes: blocks ${why}`);
  return why !== 'go' || model.wrong === 'bytes-keep-blocks';
}

/** What the old ones had stays with them, should they come back. */
function leave(image: Image): void {
  const { content, keptHour } = image;
  const blocks = image.blocks.filter(ofBytes);
  image.versions = image.versions.map((version, n) =>
    n + 1 === content ? { ...version, blocks, keptHour } : version,
  );
}

function blocksAfter(step: Step, image: Image, stays: boolean, back: ContentVersion | null): Block[] {
  const { model } = step;
  const standing = image.blocks.filter((block) => stays || !ofBytes(block));
  const left = model.wrong === 'bytes-forget-blocks' ? [] : (back?.blocks ?? []);
  // What a person said of these very bytes is said of them again.
  const returning = left.map((block) =>
    block.source === 'moderator' && back?.word === 'block' ? { ...block, turn: model.turn } : block,
  );
  const again = (block: Block): Block =>
    returning.find((other) => other.source === 'moderator' && isSame(other, block)) ?? block;
  const added = returning
    .filter((block) => !standing.some((other) => isSame(other, block)))
    .map((block) => (block.source === 'threshold' ? dueAnew(model, block) : block));
  if (added.length > 0) step.reach('other bytes: old ones are blocked again');
  const all = [...standing.map(again), ...added];
  const outranked = image.protected || all.some(({ source }) => source === 'moderator');
  return all.filter(({ source }) => source !== 'threshold' || !outranked);
}

const isSame = (a: Block, b: Block): boolean =>
  a.source === b.source && (a.source === 'threshold' || a.decision === b.decision);

function supersede(step: Step, one: ReviewCase): void {
  step.reach('other bytes: a case is superseded');
  Object.assign(one, {
    status: 'closed',
    outcome: 'superseded',
    version: one.version + 1,
    lease: null,
    held: false,
    appealed: false,
  } satisfies Partial<ReviewCase>);
}

/** Whoever would have looked at the old ones looks at these; where they are blocked, too, the site still asks for it. */
function openAnew(step: Step, image: Image, severe: boolean, waited: ReviewCase | undefined): void {
  Object.assign(openFor(step, image), {
    status: waited?.status ?? 'open',
    severe,
    appealed: waited?.appealed === true && image.blocks.some(ofBytes),
    placeOfBlock: true,
  } satisfies Partial<ReviewCase>);
  step.reach('other bytes: a case opens');
}

/** What people say of the bytes that are shown: kept with them, where it is newer than they are. */
export function keepWords(model: Model, before: readonly Pick<Image, 'blocks' | 'keptHour'>[]): void {
  model.images.forEach((image, n) => {
    const was = before[n];
    if (image.content === null || was === undefined) return;
    if (was.keptHour === image.keptHour && sameBlocks(was.blocks, image.blocks)) return;
    say(image, wordOn(image));
  });
}

const sameBlocks = (a: readonly Block[], b: readonly Block[]): boolean =>
  a.length === b.length && a.every((block, n) => block === b[n]);

/** Undefined: all that people have against it is older than these bytes. */
function wordOn({ blocks, keptHour, changed }: Image): ContentVersion['word'] | undefined {
  const human = blocks.filter(({ source }) => source !== 'threshold');
  if (human.some(({ turn = 0 }) => turn >= (changed?.turn ?? 0))) return 'block';
  if (human.length > 0) return undefined;
  return keptHour === null ? null : 'keep';
}

/** With the last word of a person goes what stood on the publisher's block alone, of other bytes, too. */
function say(image: Image, word: ContentVersion['word'] | undefined): void {
  if (word === undefined) return;
  const standsAlone = ({ word: said, blocks }: ContentVersion): boolean =>
    word !== 'block' && said === 'block' && !blocks.some(({ source }) => source === 'moderator');
  image.versions = image.versions.map((version, n) => {
    if (n + 1 === image.content) return { ...version, word };
    return standsAlone(version) ? { ...version, word: null } : version;
  });
}
