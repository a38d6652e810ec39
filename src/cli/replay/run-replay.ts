import type { ReplayAnswer, ReplayOpenImages } from '../../contract/replay.js';
import { ReplayViews } from '../../replay/replay-views.js';
import { type AskedReplay, RunReplay } from '../../replay/run-replay.js';
import type { Cli } from '../cli.js';
import type { OpenDatabase } from '../open-database.js';
import { ReplayProgress } from './replay-progress.js';

/** A replay, as the door answers it, with a bar for who waits. */
export async function runReplay(
  cli: Cli,
  { database, sealed }: OpenDatabase,
  asked: AskedReplay,
): Promise<ReplayAnswer> {
  const bar = new ReplayProgress(cli);
  try {
    const ran = await new RunReplay(database).run(asked, {
      signal: new AbortController().signal,
      progress: (done, of) => bar.at(done, of),
    });
    return new ReplayViews(sealed).answer(ran);
  } finally {
    bar.stop();
  }
}

/** What a rule would do with the images that are open now. */
export async function openNow(
  { database, sealed }: OpenDatabase,
  asked: AskedReplay,
): Promise<{ readonly ruleVersion: number; readonly openImages: ReplayOpenImages }> {
  const { rules, openImages } = await new RunReplay(database).openNow(asked, {
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  return { ruleVersion: rules.current.version, openImages: new ReplayViews(sealed).openImages(openImages) };
}
