import { setImmediate as nextTurn } from 'node:timers/promises';
import { judgeVotes } from '../core/commands/judge-votes.js';
import { hearVotes } from '../core/hear-votes.js';
import type { SiteBaseline } from '../core/hold-finding.js';
import { type ImageState, NEW_IMAGE } from '../core/image-state.js';
import { blockingStart, leastReporters } from '../core/threshold.js';
import type { VersionedRule } from '../core/threshold-rule.js';
import { listOpenImages, type OpenImageRow } from '../database/statements/images/list-open-images.js';
import { recountVotes } from '../database/statements/votes/recount-votes.js';
import type { Tx } from '../database/tx.js';
import { factsOf, mayCross } from '../moderation/recount.js';
import type { Playing } from './play-past.js';

/** Open cases that are looked at at once: some milliseconds of Postgres. */
const CASES = 2_000;

/** An image that awaits a decision, and what the candidate would do with it now. */
export interface OpenImage {
  readonly image: OpenImageRow;
  /** Whose votes the rule hears. */
  readonly reporters: number;
  readonly would: 'block' | 'hold';
}

/** What a rule is asked about, and when. */
export interface AskedOpen {
  readonly siteId: string;
  readonly rule: VersionedRule;
  readonly baseline: SiteBaseline | null;
  /** In ms since 1970. */
  readonly now: number;
}

/**
 * Today's open images that a rule would block or hold if it looked at them now: what applying it does when somebody asks for it.
 * Votes that are left out stay so, and the breaker does not count (docs/replay.md).
 */
export async function findOpenImages(
  tx: Tx,
  asked: AskedOpen,
  playing: Pick<Playing, 'check'>,
): Promise<OpenImage[]> {
  const found: OpenImage[] = [];
  const reporters = leastReporters(asked.rule.rule, 1);
  for (let after: string | null = '0'; after !== null;) {
    const page = await listOpenImages(tx, asked.siteId, { after, cases: CASES, reporters });
    const close = page.images.filter((image) =>
      mayCross({ state: stateOf(image), rule: asked.rule }, image.tally),
    );
    if (close.length > 0) found.push(...(await judged(tx, asked, close)));
    after = page.lastCase;
    await nextTurn();
    playing.check();
  }
  return found;
}

async function judged(tx: Tx, asked: AskedOpen, images: readonly OpenImageRow[]): Promise<OpenImage[]> {
  const { siteId, rule, baseline, now } = asked;
  const { hold, weights: weigh } = rule.rule;
  const rows = await recountVotes(
    tx,
    images.map(({ id: imageId, round, liftedAt }) => {
      const since = new Date(blockingStart(rule.rule, now, liftedAt?.getTime() ?? null));
      return { siteId, imageId, round, since, hold, weigh, heard: true };
    }),
  );
  const facts = factsOf(rows);
  return images.flatMap((image): OpenImage[] => {
    const heard = hearVotes(facts.get(image.id) ?? [], rule.rule, baseline, now);
    const judgement = judgeVotes(stateOf(image), rule, now, { heard });
    if (judgement === null) return [];
    return [{ image, reporters: heard.votes.length, would: judgement.verdict }];
  });
}

/** As far as a rule asks: nothing that it must leave alone is listed. */
const stateOf = ({ round, keptAt, tally }: OpenImageRow): ImageState => ({
  ...NEW_IMAGE,
  round,
  tally,
  keptAt: keptAt?.getTime() ?? null,
});
