import type { Tx } from '../database/tx.js';
import { type NewJob, stage } from '../jobs/stage.js';

/** Looks at an image as what others follow: blocks those with its bytes, or releases them. */
export const SPREAD_BLOCK = 'spread-block';
/** Looks at an image as one that may follow others. */
export const MATCH_CONTENT = 'match-content';

/** What such a job must know; it reads what is so when it runs. */
export interface ImageJob {
  readonly site: string;
  readonly image: string;
}

const staging =
  (kind: string, lane: string) =>
  (tx: Tx, images: readonly ImageJob[]): void =>
    stage(
      tx,
      images.map(({ site, image }): NewJob<ImageJob> => ({
        kind,
        lane: `${lane} ${site}`,
        payload: { site, image },
      })),
    );

/** In the transaction that changes what people said of an image's bytes, or that lets another image follow it. */
export const stageSpread = staging(SPREAD_BLOCK, 'spread');

/** In the transaction that shows new bytes of an image, or that ends what kept it from following. */
export const stageMatchContent = staging(MATCH_CONTENT, 'match');
