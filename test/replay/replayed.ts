import type { Outcomes } from '../../src/core/replay/outcomes.js';
import { PastVotes } from '../../src/core/replay/past-votes.js';
import { Replay } from '../../src/core/replay.js';
import { loadRules } from '../../src/database/statements/sites/load-rules.js';
import { openPastFacts } from '../../src/database/statements/replay/read-past-facts.js';
import { countPastVotes, openPastVotes } from '../../src/database/statements/replay/read-past-votes.js';
import { NumberedPast } from '../../src/replay/numbered-past.js';
import { PlayPast } from '../../src/replay/play-past.js';
import type { Desk } from '../setup/desk.js';

/** What a replay of everything that happened on the desk's site says of the rule in force; images are numbers, whose ids are `idOf`. */
export async function replayed({
  database,
  siteId,
}: Desk): Promise<{ readonly outcomes: Outcomes; readonly idOf: (image: number) => string }> {
  return database.inTransaction(async (tx) => {
    const [rule] = await loadRules(tx, [siteId]);
    if (rule === undefined) throw new Error('no rule');
    const range = { siteId, from: new Date(0), to: new Date(rule.now.getTime() + 1_000) };
    const votes = new PastVotes(await countPastVotes(tx, range));
    const numbered = new NumberedPast(votes);
    await openPastVotes(tx, range);
    await openPastFacts(tx, range, true);
    const span = { from: 0, to: range.to.getTime() };
    const replay = new Replay(votes, { current: rule, candidate: rule }, rule.baseline, span);
    await new PlayPast(tx, votes, numbered, replay).run({
      check: () => undefined,
      progress: () => undefined,
    });
    expect(replay.result().differences).toEqual([]);
    return { outcomes: replay.current.outcomes, idOf: (image) => numbered.images.idOf(image) };
  }, 'REPEATABLE READ');
}
