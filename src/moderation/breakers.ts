import { countsForBreaker, limitOf, roomIn, withOneMore } from '../core/breaker.js';
import type { BreakerRoom } from '../core/command.js';
import { RULE } from '../core/commands/apply-rule.js';
import type { ImageState } from '../core/image-state.js';
import { lockBreakers, readBreakers } from '../database/statements/votes/breaker.js';
import type { Tx } from '../database/tx.js';
import type { WorkingEvent, WorkingImage } from './working-image.js';

const HOUR = 3_600_000;

/** What the sites' breakers let through, while one transaction goes through them. */
export interface Breakers {
  /** Null: any number. */
  roomFor(image: WorkingImage): BreakerRoom | null;
  /**
   * To be told after the rules looked at an image: what was blocked is one less for the next. Where the breaker is why an image
   * was not blocked, its site is told: once, and again after an hour in which it still is.
   *
   * @param before as the rules found it
   */
  looked(image: WorkingImage, before: ImageState): void;
}

const NO_BREAKERS: Breakers = { roomFor: () => null, looked: () => undefined };

/**
 * Opens the breakers of images that the rule would block, and of no others: most batches ask for none.
 *
 * @param exactly locks the sites' breakers until this transaction ends, so that of two at the same instant the second counts the
 *   blocks of the first. Without it each sees the room that there was, and one block more than the limit may get through. Merges go
 *   without: they have made keys by then, and who holds the lock may wait for one of these, which would be a deadlock. An undo goes
 *   without, too: it is one person's, on one image
 */
export async function openBreakers(
  tx: Tx,
  images: readonly WorkingImage[],
  { exactly }: { readonly exactly: boolean },
): Promise<Breakers> {
  const limits = new Map(
    images.flatMap(({ loaded }): [string, number][] => {
      const limit = limitOf(loaded.rule.rule, loaded.baseline);
      return limit === null ? [] : [[loaded.row.siteId, limit]];
    }),
  );
  const [first] = images;
  if (first === undefined || limits.size === 0) return NO_BREAKERS;
  const siteIds = [...limits.keys()];
  if (exactly) lockBreakers(tx, siteIds);
  const found = await readBreakers(tx, siteIds, new Date(first.loaded.now - HOUR));
  const rooms = new Map(found.map(({ siteId, blocks }) => [siteId, roomIn(limits.get(siteId) ?? 0, blocks)]));
  const told = new Set(found.flatMap(({ siteId, trippedAt }) => (trippedAt === null ? [] : [siteId])));
  const roomFor = ({ loaded }: WorkingImage): BreakerRoom | null => rooms.get(loaded.row.siteId) ?? null;
  return {
    roomFor,
    looked: (image, before) => {
      const { siteId } = image.loaded.row;
      const room = roomFor(image);
      if (room === null) return;
      if (image.state.blocks.some((block) => countsForBreaker(block) && !before.blocks.includes(block))) {
        rooms.set(siteId, withOneMore(room));
      } else if (room.left === 0 && isHeldAnew(image.state, before) && !told.has(siteId)) {
        told.add(siteId);
        image.events.push(tripped(image, room));
      }
    },
  };
}

/** Did the rules just find that the breaker holds it? A case that an undo opens again only has what they found before. */
const isHeldAnew = (now: ImageState, before: ImageState): boolean =>
  now.case?.hold?.by === 'breaker' && now.case.hold !== before.case?.hold;

const tripped = ({ loaded }: WorkingImage, { limit, blocksInHour }: BreakerRoom): WorkingEvent => ({
  type: 'site.breaker',
  actor: RULE,
  ruleVersion: loaded.rule.version,
  data: { limit, blocksInHour, baseline: loaded.baseline?.blocksPerHour ?? null },
  visibility: null,
  caseId: null,
  decisionId: null,
  ofSite: true,
});
