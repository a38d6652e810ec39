import { parseArgs } from 'node:util';
import { WRONG_RULES } from './rules/wrong.js';

export const HELP = `Asks the service and a model of its rules the same, and compares what both say.

  npm run model -- [--commands 2000] [--seed 1] [--worlds 8] [--processes 2] [--length 120]
  npm run model -- --mutate <rule>|all     the model tells a rule wrong; fails if nobody notices
  npm run model -- --replay <word>         one sequence again, as a failure names it

  --commands    how many requests are sent at least
  --seed        the same draws again
  --worlds      sites in play at the same time
  --processes   of the service, on one database
  --length      of a sequence, at most; a turn of it is one request, or some at the same time
  --failures    go on until so many differences were found; 1. Of more than one none is made shorter
  --mutate      one of: ${WRONG_RULES.join(', ')}

proof/model/README.md says what is compared and how to read a difference.`;

export interface Arguments {
  readonly commands: number;
  readonly seed: number;
  readonly worlds: number;
  readonly processes: number;
  readonly length: number;
  readonly failures: number;
  readonly mutate: string | null;
  readonly replay: Replay | null;
}

/** Where fast-check finds a sequence again. */
export interface Replay {
  readonly seed: number;
  readonly path: string;
  readonly replayPath: string;
}

/** @returns null: help was asked for @throws Error with a sentence for what is not understood */
export function readArguments(words: readonly string[]): Arguments | null {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    args: [...words],
    options: {
      commands: text('2000'),
      seed: text('1'),
      worlds: text('8'),
      processes: text('2'),
      length: text('120'),
      failures: text('1'),
      mutate: { type: 'string' },
      replay: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { mutate, replay } = values;
  if (mutate !== undefined && mutate !== 'all' && !WRONG_RULES.includes(mutate))
    throw new Error(`--mutate is "all" or one of: ${WRONG_RULES.join(', ')}`);
  return {
    commands: whole('commands', values.commands, 1),
    seed: whole('seed', values.seed, 0),
    worlds: whole('worlds', values.worlds, 1),
    processes: whole('processes', values.processes, 1),
    length: whole('length', values.length, 1),
    failures: whole('failures', values.failures, 1),
    mutate: mutate ?? null,
    replay: replay === undefined ? null : readReplay(replay),
  };
}

function whole(name: string, said: string, least: number): number {
  const value = Number(said);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} is a whole number from ${least} on, not "${said}"`);
  return value;
}

/** One word of seed, path and the commands that ran, in base 64 since the last holds any sign. */
export const replayWord = ({ seed, path, replayPath }: Replay): string =>
  Buffer.from(JSON.stringify([seed, path, replayPath])).toString('base64url');

function readReplay(word: string): Replay {
  try {
    const [seed, path, replayPath] = JSON.parse(Buffer.from(word, 'base64url').toString()) as [
      number,
      string,
      string,
    ];
    return { seed, path, replayPath };
  } catch {
    throw new Error('--replay takes the word that a failure printed');
  }
}
