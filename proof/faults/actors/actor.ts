import { setTimeout as pause } from 'node:timers/promises';
import { Seeded } from '../../../test/setup/seeded.js';
import type { Answer, Asker, Question } from '../asker.js';
import type { Acknowledged } from '../record.js';
import { tellsTooMuch } from '../report-answer.js';
import type { Site } from '../sites.js';

/** Where an actor acts. */
export interface World {
  readonly asker: Asker;
  readonly known: Acknowledged;
  readonly seed: number;
}

/** Milliseconds between two turns of one actor, at most: two cores are meant to be busy, not buried. */
const LONGEST_BREATH = 60;
/** Milliseconds before a question is asked again. */
const BEFORE_REPEAT = 60;
/** For so long a question is asked again until it is answered, in ms. */
const NEVER_ANSWERED = 120_000;
/** One in so many questions of which nobody knows whether they were heard is not asked again. */
const GIVES_UP = 12;

/** Somebody who asks one thing after the other, with draws of their own. */
export abstract class Actor {
  protected readonly seeded: Seeded;
  private turns = 0;

  constructor(
    protected readonly world: World,
    protected readonly site: Site,
    readonly name: string,
  ) {
    this.seeded = new Seeded(seedOf(world.seed, name));
  }

  async next(): Promise<void> {
    await this.turn(this.turns);
    this.turns += 1;
    await pause(this.seeded.below(LONGEST_BREATH));
  }

  protected abstract turn(number: number): Promise<void>;

  /** Either process of the API. */
  protected anyProcess(): number {
    return this.seeded.below(2);
  }

  /**
   * Asks, and asks the same again as long as nobody can say whether it was heard, of either process.
   *
   * @returns null when that was given up; `repeated`: more than once, so that the effect may be of an earlier time
   */
  protected async settle(
    question: Question,
    { givesUp = true, first = this.anyProcess() } = {},
  ): Promise<{ readonly answer: Answer; readonly repeated: boolean } | null> {
    const gaveUp = givesUp && this.seeded.below(GIVES_UP) === 0;
    const end = Date.now() + NEVER_ANSWERED;
    for (let times = 0; ; times += 1) {
      const answer = await this.world.asker.ask(times === 0 ? first : this.anyProcess(), this.site, question);
      if (answer.kind === 'answer') return { answer, repeated: times > 0 };
      if (gaveUp) return null;
      if (Date.now() > end) {
        this.wrong(
          `${question.method} ${question.address} was asked ${times + 1} times in ${NEVER_ANSWERED / 1_000} s and never answered`,
        );
        return null;
      }
      await pause(BEFORE_REPEAT * Math.min(times + 1, 10));
    }
  }

  /** Has an account of the site report an address for the first time, or again. @returns whether that was acknowledged */
  protected async reportAs(account: string, url: string, { givesUp = true } = {}): Promise<boolean> {
    const { known } = this.world;
    const body = { image: { url }, reason: 'privacy', reporter: { account } };
    const question: Question = { method: 'POST', address: '/v1/reports', key: this.site.secretKey, body };
    known.asks(this.site, url, account);
    const settled = await this.settle(question, { givesUp });
    if (settled === null) return false;
    const { status, body: said } = settled.answer;
    if (status !== 201 && status !== 200) return (this.unexpected(question, settled.answer), false);
    const tooMuch = tellsTooMuch(said);
    if (tooMuch !== null) this.wrong(tooMuch);
    const receipt = String(said['receipt']);
    if (!known.reports.has(receipt)) {
      known.reports.set(receipt, {
        site: this.site,
        reporter: account,
        image: url,
        reasons: new Set(['privacy']),
        comments: new Set(),
        state: 'stands',
      });
    }
    this.done();
    return true;
  }

  protected done(): void {
    this.world.known.count += 1;
  }

  protected wrong(sentence: string): void {
    this.world.known.violations.push(`${this.name}: ${sentence}`);
  }

  protected unexpected(question: Question, { status, body }: Answer): void {
    this.wrong(
      `${question.method} ${question.address} ${JSON.stringify(question.body ?? null)} was answered ${status}: ${JSON.stringify(body)}`,
    );
  }
}

/** FNV-1a of the name, from the run's seed on. */
function seedOf(seed: number, name: string): number {
  let mixed = 0x811c9dc5 ^ seed;
  for (const byte of Buffer.from(name)) mixed = Math.imul(mixed ^ byte, 0x01000193);
  return mixed;
}
