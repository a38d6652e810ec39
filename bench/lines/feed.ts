import { type FeedResults, type FeedSettings, measureFeed } from '../feed.js';
import type { Bench, Line } from '../line.js';
import { grouped, megabytes, percentile } from '../markdown.js';

const FULL: FeedSettings = { blocks: 500, listed: 1_000_000 };
const QUICK: FeedSettings = { blocks: 60, listed: 20_000 };

/** How soon another process knows, and the block list. */
export const feed: Line = {
  name: 'feed',
  about: 'a block seen in another process, beside a writer too; the block list',
  measure: async ({ quick, server, say }: Bench) => ({
    facts: factsOf(await measureFeed(server, quick ? QUICK : FULL, say)),
  }),
};

function factsOf({ afterAnswer, afterRequest, besideWriter, list }: FeedResults): string[][] {
  const delay = (times: readonly number[], share: number): string =>
    `${percentile(times, share).toFixed(1)} ms`;
  return [
    [
      `block answered by one process -> event in the stream of another (${grouped(afterAnswer.length)} blocks)`,
      `p50 ${delay(afterAnswer, 0.5)}, p99 **${delay(afterAnswer, 0.99)}**`,
      'p99 50 ms',
    ],
    [
      'the same from the moment it was asked for, commit included',
      `p50 ${delay(afterRequest, 0.5)}, p99 ${delay(afterRequest, 0.99)}`,
      '-',
    ],
    [
      `beside a writer held open in another database (${grouped(besideWriter.length)} blocks)`,
      `p50 ${delay(besideWriter, 0.5)}, p99 ${delay(besideWriter, 0.99)}`,
      'no delay',
    ],
    [
      `block list of ${grouped(list.images)} images, ${megabytes(list.bytes)}`,
      `${(list.milliseconds / 1000).toFixed(1)} s`,
      '-',
    ],
    [
      'resident memory of its process, before and at most during',
      `${megabytes(list.before)}, ${megabytes(list.most)}`,
      'flat',
    ],
  ];
}
