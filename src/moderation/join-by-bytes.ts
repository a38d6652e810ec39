import type { CoreEvent } from '../core/verdict.js';
import { RULE } from '../core/commands/apply-rule.js';
import { isHuman } from '../core/human-word.js';
import { type ImageState, strongestBlock, visibilityOf } from '../core/image-state.js';
import { insertKeyAsAddress } from '../database/statements/images/bind-addresses.js';
import type { Tx } from '../database/tx.js';
import { absorbImage } from './absorb-image.js';
import type { Alike } from './locate-content.js';
import { type WorkingImage, workingOn } from './working-image.js';

/**
 * The image that one becomes a part of, or takes in, because both show the very same bytes (docs/adr/0018): the oldest of
 * the site's others which contradicts it in nothing. Only the site says what belongs to an id of its own, so images with
 * one stay apart; so do those with a block that was set on other bytes than they show.
 */
export const partnerOf = (image: WorkingImage, state: ImageState, alike: readonly Alike[]): Alike | null =>
  image.loaded.row.keyKind === 'id' || isHeld(state)
    ? null
    : (alike.find(
        ({ current, image: other }) => current && !isHeld(other.state) && !contradict(state, other.state),
      ) ?? null);

/**
 * Does a block from before these bytes hold them, whoever set it? It may not come to another image that shows them, or a
 * swap to the bytes of a good picture would block that wherever it is.
 */
const isHeld = ({ blocks, contentChangedAt }: ImageState): boolean =>
  blocks.some(({ since }) => since < (contentChangedAt ?? 0));

/** A person blocked one, and the other was kept, or its site vouches for it: then each stays as people left it. */
const contradict = (a: ImageState, b: ImageState): boolean =>
  (isBlocked(a) && isCleared(b)) || (isBlocked(b) && isCleared(a));
const isBlocked = ({ blocks }: ImageState): boolean => blocks.some(isHuman);
const isCleared = ({ keptAt, protected: isProtected }: ImageState): boolean => keptAt !== null || isProtected;

/**
 * Two images become one, the younger part of the older, with all addresses of both. Of the younger
 * nothing is left to save but its log.
 *
 * @returns the older
 */
export async function joinByBytes(tx: Tx, image: WorkingImage, partner: Alike): Promise<WorkingImage> {
  const other = workingOn(partner.image);
  const isOlder = Number(image.loaded.row.id) < Number(other.loaded.row.id);
  const [older, younger] = isOlder ? [image, other] : [other, image];
  const { siteId, id } = older.loaded.row;
  const row = { ...younger.loaded.row, round: younger.state.round };
  const moved = await absorbImage(tx, older, { row, state: younger.state }, RULE);
  const urls = [...(await insertKeyAsAddress(tx, siteId, row.id, id)), ...moved];
  older.events.push({ ...bound(urls, older), decisionId: null });
  return older;
}

/** Tells whoever knew these addresses what is seen there now, unless a change of that is told of all addresses anyway. */
const bound = (urls: readonly string[], { state, events }: WorkingImage): CoreEvent => ({
  type: 'addresses.bound',
  actor: RULE,
  ruleVersion: null,
  data: { urls, by: 'bytes', source: strongestBlock(state.blocks)?.source },
  visibility: state.version === 0 || events.some(tellsOfAll) ? null : visibilityOf(state),
});

const tellsOfAll = ({ type, visibility }: CoreEvent): boolean =>
  visibility !== null && ['image.blocked', 'image.unblocked', 'image.reason-changed'].includes(type);

/** Of an image that became part of another nothing is left to save but that its old bytes went, and their case with them. */
export const logOf = ({ loaded, events, superseded }: WorkingImage): WorkingImage => ({
  ...workingOn(loaded),
  events: events
    .filter(({ type }) => type === 'content.changed' || type === 'case.resolved')
    .map((event) => ({ ...event, visibility: null })),
  superseded,
});
