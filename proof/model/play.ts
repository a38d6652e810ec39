import fc from 'fast-check';
import type { Asked } from './asked.js';
import { sentAtOnce } from './at-once.js';
import { type Drawn, names } from './commands/drawn.js';
import { BESIDE_OTHERS, COMMANDS } from './commands/draws.js';
import type { Coverage } from './coverage.js';
import { compareEnd, lookAtEnd } from './finish.js';
import { explain, type Exchange } from './linearise.js';
import { compare, observe } from './observe.js';
import { imagesOf } from './rules/images-of.js';
import type { Model } from './rules/state.js';
import type { World } from './world.js';

/** Within two seconds every process shows what any of them did. */
const LOOKS = 80;
const BETWEEN_LOOKS_MS = 25;

/** One world in play: what the model may be, and what has been done. */
export class Play {
  models: Model[];
  readonly lines: string[] = [];
  parallel = false;
  private turns = 0;

  constructor(
    readonly world: World,
    model: Model,
    readonly coverage: Coverage,
    readonly processes: number,
  ) {
    this.models = [model];
  }

  /** Of these all are like the others in what commands choose from. */
  get model(): Model {
    const [first] = this.models;
    if (first === undefined) throw new Error('no state of the model is left');
    return first;
  }

  /** Sends them at the same time, and looks for an order that explains what came back. @throws Difference */
  async turn(drawn: readonly Drawn[]): Promise<void> {
    const asked = sentAtOnce(
      this.model,
      drawn.flatMap((one) => one.toAsked(this.model) ?? []),
    );
    if (asked.length === 0) return;
    this.turns += 1;
    if (asked.length > 1) this.parallel = true;
    const exchanges: Exchange[] = await Promise.all(
      asked.map(async (one, n) => ({
        asked: one,
        answer: await this.world.perform(one, (this.turns + n) % this.processes),
      })),
    );
    exchanges.forEach((exchange, n) => this.lines.push(lineOf(exchange, asked.length > 1 ? n : null)));
    const explained = explain(this.models, exchanges);
    this.coverage.count(asked, explained.reached);
    if (explained.models.length === 0) this.differ(explained.differences);
    const all = this.turns % 10 === 0;
    const touched = all ? names() : [...new Set(touchedBy(asked, explained.models[0]))];
    const as = this.turns % 2 === 0 ? 'site' : 'browser';
    await this.see(explained.models, async () => {
      const seen = await observe(this.world, names(), touched, as, this.turns % this.processes, all);
      return (model) => compare(model, seen);
    });
  }

  /** Everything is played: the queue and the feed say what came of it. @throws Difference */
  async finish(): Promise<void> {
    await this.see(this.models, async () => {
      const ended = await lookAtEnd(this.world, this.turns % this.processes);
      return (model) => compareEnd(model, ended);
    });
  }

  /** Goes on with the models that say what is seen. Another process follows the log, and knows a moment later. */
  private async see(
    models: readonly Model[],
    look: () => Promise<(model: Model) => string[]>,
  ): Promise<void> {
    let found: string[] = [];
    for (let looks = 0; looks < (this.processes > 1 ? LOOKS : 1); looks += 1) {
      if (looks > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
      const differencesOf = await look();
      const looked = models.map((model) => ({ model, differences: differencesOf(model) }));
      this.models = looked.filter(({ differences }) => differences.length === 0).map(({ model }) => model);
      if (this.models.length > 0) return;
      found = looked[0]?.differences ?? [];
    }
    this.differ(found);
  }

  private differ(differences: readonly string[]): never {
    throw new Difference(this.lines, differences);
  }
}

/** The service and the model say different things. */
export class Difference extends Error {
  constructor(
    readonly lines: readonly string[],
    readonly differences: readonly string[],
  ) {
    super(differences.join('\n'));
  }
}

const touchedBy = (asked: readonly Asked[], model: Model | undefined): string[] =>
  model === undefined
    ? []
    : asked.flatMap((one) => imagesOf(model, one).flatMap(({ names: [name] }) => name ?? []));

function lineOf({ asked, answer }: Exchange, at: number | null): string {
  const { do: what, ...rest } = asked;
  const { outcome, type, image, id, detail } = answer.body;
  const said = JSON.stringify({ outcome, type, image: what === 'report' ? image : undefined, id, detail });
  return `${at === null ? '  ' : at === 0 ? '+ ' : '| '}${what} ${JSON.stringify(rest)} -> ${answer.status} ${said}`;
}

/** A turn as fast-check draws it: one command, or some at the same time. */
class Turn implements fc.AsyncCommand<object, Play> {
  constructor(private readonly drawn: readonly Drawn[]) {}

  check(): boolean {
    return true;
  }

  run(_: object, play: Play): Promise<void> {
    return play.turn(this.drawn);
  }

  toString(): string {
    return this.drawn.length === 1 ? String(this.drawn[0]) : `at once [${this.drawn.join('; ')}]`;
  }
}

const command = fc.oneof(...COMMANDS);

/** Most are one request, every seventh is some at the same time. */
export const turns = (): fc.Arbitrary<fc.AsyncCommand<object, Play>>[] => {
  const single = command.map((one) => new Turn([one]));
  const several = fc
    .array(fc.oneof(...BESIDE_OTHERS), { minLength: 2, maxLength: 4 })
    .map((some) => new Turn(some));
  return [fc.oneof({ weight: 6, arbitrary: single }, { weight: 1, arbitrary: several })];
};
