import { isDeepStrictEqual } from 'node:util';
import type { Answer, Question } from '../asker.js';
import { Actor } from './actor.js';

/** A case as the queue shows it. */
interface Case {
  readonly id: string;
  readonly version: number;
}

interface DecisionBody {
  readonly action: 'block' | 'keep' | 'escalate';
  readonly policy?: string;
  readonly reports?: string;
  readonly note: string;
  readonly version: number;
  readonly leaseToken?: string;
}

/** Cases of one bulk. */
const BULK = 5;
/** Of a hundred turns. */
const TURNS = { claim: 55, bulk: 15, race: 12 } as const;

/** Decides cases: claimed, many at once, and at the same time as somebody else; and takes decisions back. */
export class Moderator extends Actor {
  private readonly mine: string[] = [];
  private notes = 0;

  /** Of the site's staff: 0 is a moderator, 1 a lead. */
  private rank: 0 | 1 = 0;

  asLead(): this {
    this.rank = 1;
    return this;
  }

  protected turn(): Promise<void> {
    const draw = this.seeded.below(100);
    if (draw < TURNS.claim) return this.claim();
    if (draw < TURNS.claim + TURNS.bulk) return this.bulk();
    if (draw < TURNS.claim + TURNS.bulk + TURNS.race) return this.race();
    return this.undo();
  }

  private async claim(): Promise<void> {
    // Gives the next case each time: whoever asks again may hold two.
    const question = this.question('POST', '/v1/cases/claim', {});
    const claimed = await this.settle(question);
    if (claimed === null || claimed.answer.status === 204) return;
    if (claimed.answer.status !== 200) return this.unexpected(question, claimed.answer);
    const { id, version, lease } = claimed.answer.body as unknown as Case & { lease: { token: string } };
    await this.decide(id, { ...this.draw(), version, leaseToken: lease.token });
  }

  /** Decides the same version of a case twice at the same moment, each time in other words, by both processes (I8). */
  private async race(): Promise<void> {
    const [one] = await this.queue(1);
    if (one === undefined) return;
    const { version } = one;
    const won = await Promise.all([
      this.decide(one.id, { ...this.draw(), version }, 0),
      this.decide(one.id, { ...this.draw(), version }, 1),
    ]);
    if (won[0] && won[1]) this.wrong(`I8: ${one.id} was decided twice at version ${version}`);
  }

  /** Whether it was taken, as far as anybody was told. */
  private async decide(id: string, body: DecisionBody, first?: number): Promise<boolean> {
    this.world.known.notes.add(body.note);
    const question = this.question('POST', `/v1/cases/${id}/decision`, body);
    const settled = await this.settle(question, first === undefined ? {} : { first });
    if (settled === null) return false;
    return this.heard(question, id, body, settled.answer, settled.repeated);
  }

  private heard(
    question: Question,
    id: string,
    body: DecisionBody,
    { status, body: said, ...rest }: Answer,
    repeated: boolean,
  ): boolean {
    if (status === 201 || (status === 200 && repeated)) {
      const decision = said['decision'] as { id: string; note: string; action: string };
      if (decision.note !== body.note || decision.action !== body.action) {
        this.wrong(
          `I8: ${id} was decided with ${JSON.stringify(body)}, and answered ${JSON.stringify(decision)}`,
        );
      }
      this.world.known.decisions.set(decision.id, {
        site: this.site,
        case: id,
        version: body.version,
        action: body.action,
        policy: body.policy ?? null,
        note: body.note,
        undone: false,
      });
      this.mine.push(decision.id);
      this.done();
      return true;
    }
    // Escalated meanwhile: with the leads.
    if (status === 409 || (status === 403 && this.rank === 0)) {
      const yours = said['yours'] as Record<string, unknown> | undefined;
      // In a bulk the request names its case, too.
      if (!isDeepStrictEqual({ case: id, ...yours }, { case: id, ...body }))
        this.wrong(`I8: who lost ${id} was not given back ${JSON.stringify(body)}: ${JSON.stringify(said)}`);
      return false;
    }
    this.unexpected(question, { status, body: said, ...rest });
    return false;
  }

  private async bulk(): Promise<void> {
    const cases = await this.queue(BULK);
    if (cases.length === 0) return;
    const decisions = cases.map(({ id, version }) => ({ case: id, ...this.draw(), version }));
    for (const { note } of decisions) this.world.known.notes.add(note);
    const question = this.question('POST', '/v1/decisions', { decisions });
    const settled = await this.settle(question);
    if (settled === null) return;
    const { answer, repeated } = settled;
    if (answer.status !== 200) return this.unexpected(question, answer);
    const results = answer.body['results'] as {
      status: number;
      decision?: unknown;
      problem?: Record<string, unknown>;
    }[];
    results.forEach(({ status, decision, problem }, index) => {
      const body = decisions[index];
      // Of each by itself it may be unknown whether it was done.
      if (body === undefined || status === 503) return;
      const said = decision === undefined ? (problem ?? {}) : { decision };
      this.heard(question, body.case, body, { kind: 'answer', status, headers: {}, body: said }, repeated);
    });
  }

  private async undo(): Promise<void> {
    const id = this.mine[this.mine.length - 1 - this.seeded.below(Math.min(5, this.mine.length))];
    const record = id === undefined ? undefined : this.world.known.decisions.get(id);
    if (id === undefined || record === undefined) return;
    const before = record.undone;
    record.undone = before === true ? true : 'unknown';
    const question = this.question('POST', `/v1/decisions/${id}/undo`, {});
    const settled = await this.settle(question);
    if (settled === null) return;
    const { status } = settled.answer;
    if (status === 201 || status === 200) {
      if (status === 200 && before === false && !settled.repeated) {
        this.wrong(`${id} was undone before anybody asked for it`);
      }
      record.undone = true;
      return this.done();
    }
    if (status !== 409) return this.unexpected(question, settled.answer);
    if (before === true) this.wrong(`${id} is undone, and undoing it again was answered 409`);
    record.undone = settled.repeated ? 'unknown' : before;
  }

  private async queue(limit: number): Promise<Case[]> {
    const status = this.rank === 1 && this.seeded.below(2) === 0 ? 'escalated' : 'open';
    const order = this.seeded.oneOf(['priority', 'oldest', 'newest']);
    const query = new URLSearchParams({ site: this.site.slug, status, order, limit: String(limit) });
    const question = this.question('GET', `/v1/cases?${query.toString()}`);
    const settled = await this.settle(question);
    if (settled === null) return [];
    if (settled.answer.status !== 200) return (this.unexpected(question, settled.answer), []);
    return settled.answer.body['items'] as Case[];
  }

  private draw(): Pick<DecisionBody, 'action' | 'policy' | 'reports' | 'note'> {
    this.notes += 1;
    const note = `${this.name}, ${this.notes}`;
    const draw = this.seeded.below(20);
    if (draw === 0 && this.rank === 0) return { action: 'escalate', note };
    if (draw < 9) return { action: 'block', policy: this.seeded.oneOf(['violence', 'hate']), note };
    return { action: 'keep', ...(draw < 12 ? { reports: 'invalid' } : {}), note };
  }

  private question(method: Question['method'], address: string, body?: unknown): Question {
    return { method, address, key: this.site.staff[this.rank], ...(body === undefined ? {} : { body }) };
  }
}
