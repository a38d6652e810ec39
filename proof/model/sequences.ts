import fc from 'fast-check';
import { type Arguments, type Replay, replayWord } from './arguments.js';
import { rules } from './commands/rules.js';
import type { Coverage } from './coverage.js';
import { Difference, Play, turns } from './play.js';
import { emptyModel, type Rule } from './rules/state.js';
import type { ModelService, Team } from './service.js';
import { World } from './world.js';

/** So many sequences are drawn from one seed: fast-check begins each check with small values. */
const SEQUENCES_A_SEED = 8;
/** A difference of requests at the same time may not come again, and then shrinking finds no end. */
const SHRINKING_MS = 60_000;

/** What came of a run. */
export interface Found {
  readonly coverage: Coverage;
  sequences: number;
  /** With requests that were under way at the same time. */
  parallel: number;
  readonly failures: string[];
}

/** Plays sequences on sites of their own, several at the same time, until there are enough commands or differences. */
export async function playSequences(service: ModelService, asked: Arguments, found: Found): Promise<void> {
  let seeds = 0;
  const enough = (): boolean =>
    found.coverage.total >= asked.commands || found.failures.length >= asked.failures;
  const lane = async (team: Team): Promise<void> => {
    while (!enough()) {
      const seed = (asked.seed * 1_000_003 + seeds++) | 0;
      const failure = await playSeed(service, team, asked, found, enough, seed);
      if (failure !== null) keep(found, failure, asked);
    }
  };
  await Promise.all(service.teams.map(lane));
}

/** One sequence again. */
export async function playAgain(
  service: ModelService,
  asked: Arguments,
  found: Found,
  again: Replay,
): Promise<void> {
  const [team] = service.teams;
  if (team === undefined) throw new Error('nobody is there to play');
  const failure = await playSeed(service, team, asked, found, () => false, again.seed, again);
  if (failure !== null) keep(found, failure, asked);
}

/** Told at once, since a long run goes on; but of a wrong rule only that it was noticed. */
function keep({ failures }: Found, failure: string, { mutate }: Arguments): void {
  failures.push(failure);
  if (mutate === null) console.log(`\nA difference\n${failure}\n`);
}

/** @returns what is to be said of a difference; null: there was none */
async function playSeed(
  service: ModelService,
  team: Team,
  asked: Arguments,
  found: Found,
  enough: () => boolean,
  seed: number,
  again?: Replay,
): Promise<string | null> {
  const seenLast: { difference: Difference | null } = { difference: null };
  const property = fc.asyncProperty(
    rules,
    fc.commands(turns(), {
      maxCommands: asked.length,
      size: 'max',
      ...(again === undefined ? {} : { replayPath: again.replayPath }),
    }),
    async (rule: Rule, commands) => {
      // Enough were played meanwhile by others.
      if (enough() && seenLast.difference === null) return;
      const world = await World.open(service, team, rule);
      const play = new Play(world, emptyModel(rule, asked.mutate), found.coverage, service.origins.length);
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: play }), commands);
        await play.finish();
        found.sequences += 1;
        if (play.parallel) found.parallel += 1;
      } catch (error) {
        if (error instanceof Difference) seenLast.difference = error;
        throw error;
      } finally {
        await world.close();
      }
    },
  );
  const out = await fc.check(property, {
    seed,
    ...(again === undefined ? { numRuns: SEQUENCES_A_SEED } : { path: again.path, endOnFailure: true }),
    // A wrong rule has only to be noticed, and whoever asks for many differences wants them soon.
    ...(asked.mutate === null && asked.failures === 1 ? {} : { endOnFailure: true }),
    interruptAfterTimeLimit: again === undefined ? SHRINKING_MS * 5 : SHRINKING_MS,
    markInterruptAsFailure: false,
  });
  if (!out.failed || out.counterexample === null) return null;
  const [rule, commands] = out.counterexample;
  const replayPath = /replayPath="([^"]*)"/.exec(fc.stringify(commands))?.[1] ?? '';
  const word = replayWord({ seed, path: out.counterexamplePath ?? '', replayPath });
  const { difference } = seenLast;
  return [
    `The rule: ${JSON.stringify(rule)}`,
    ...(difference === null
      ? [String(out.errorInstance)]
      : [...difference.lines, '', ...difference.differences]),
    '',
    `Again: npm run model -- --length ${asked.length} --processes ${asked.processes} --replay ${word}`,
  ].join('\n');
}
