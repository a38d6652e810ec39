import { cookieOf } from '../../../test/setup/signed-in.js';
import type { Answer, Question } from '../asker.js';
import type { SessionRecord } from '../record.js';
import { Actor } from './actor.js';

/** Open sessions at a time; the service ends the oldest beyond fifty. */
const MOST = 6;
/** Of a hundred turns; the rest look whether a session is what it should be. */
const TURNS = { signIn: 30, signOut: 20, endAnother: 10, changePassword: 5 } as const;
const LETTERS = '23456789abcdefghijkmnpqrstuvwxyz';

/** Somebody of the staff with some browsers: signs in and out in them, and changes the password. Nobody else has the account. */
export class StaffMember extends Actor {
  private readonly cookies: string[] = [];
  private password = this.site.account.password;
  /** What was asked and not heard of is counted as a wrong password, until one is found right: then there is a wait, by this clock. */
  private unheard = false;
  private waitsUntil = 0;

  protected async turn(): Promise<void> {
    const draw = this.seeded.below(100);
    const { signIn, signOut, endAnother, changePassword } = TURNS;
    if (this.open.length === 0 || (draw < signIn && this.open.length < MOST)) return this.signIn();
    if (draw < signIn + signOut) return this.signOut();
    if (draw < signIn + signOut + endAnother) return this.endAnother();
    if (draw < signIn + signOut + endAnother + changePassword) return this.changePassword();
    return this.look();
  }

  private get open(): string[] {
    return this.cookies.filter((cookie) => this.recordOf(cookie).state === 'open');
  }

  private recordOf(cookie: string): SessionRecord {
    const record = this.world.known.sessions.get(cookie);
    if (record === undefined) throw new Error('a session of nobody');
    return record;
  }

  /** Sometimes in a browser in which they are signed in: that session ends. */
  private async signIn(): Promise<void> {
    const replaced = this.open.length > 0 && this.seeded.below(3) === 0 ? this.drawOpen() : undefined;
    const record = replaced === undefined ? undefined : this.recordOf(replaced);
    if (record !== undefined) record.state = 'unknown';
    const answer = await this.trySignIn(this.password, replaced);
    if (answer === null) return;
    if (answer.status !== 201) return this.unexpected(SIGN_IN, answer);
    this.unheard = false;
    if (record !== undefined) record.state = 'ended';
    this.take(answer);
  }

  /** @returns null when nobody said whether they are signed in now, or they have to wait */
  private async trySignIn(password: string, cookie?: string): Promise<Answer | null> {
    if (performance.now() < this.waitsUntil) return null;
    const body = { email: this.site.account.email, password };
    const session = cookie === undefined ? {} : { session: this.sessionOf(cookie) };
    const settled = await this.settle({ ...SIGN_IN, body, ...session });
    this.unheard ||= settled === null || settled.repeated;
    if (settled === null) return null;
    const { status, headers } = settled.answer;
    if (status !== 429 || !this.unheard) return settled.answer;
    this.waitsUntil = performance.now() + 1_000 * Number(headers['retry-after']);
    return null;
  }

  private take(answer: Answer): void {
    const cookie = cookieOf(answer);
    if (cookie === null) return this.wrong(`was given no cookie: ${JSON.stringify(answer.body)}`);
    const csrfToken = String(answer.body['csrfToken']);
    const { email } = this.site.account;
    this.world.known.sessions.set(cookie, { site: this.site, email, csrfToken, state: 'open' });
    this.cookies.push(cookie);
    this.done();
  }

  private async signOut(): Promise<void> {
    const cookie = this.drawOpen();
    await this.end(cookie, { method: 'DELETE', address: '/v1/session', session: this.sessionOf(cookie) });
  }

  /** Ends one from another, by its id, which only its own list tells apart. */
  private async endAnother(): Promise<void> {
    const [cookie, another] = [this.drawOpen(), this.drawOpen()];
    if (cookie === another) return;
    const list: Question = { method: 'GET', address: '/v1/sessions', session: this.sessionOf(cookie) };
    const settled = await this.settle(list);
    if (settled === null) return;
    if (settled.answer.status !== 200) return this.unexpected(list, settled.answer);
    const items = settled.answer.body['items'] as { id: string; current: boolean }[];
    const id = items.find(({ current }) => current)?.id ?? 'none';
    const address = `/v1/sessions/${id}`;
    await this.end(cookie, { method: 'DELETE', address, session: this.sessionOf(another) });
  }

  private async end(cookie: string, question: Question): Promise<void> {
    const record = this.recordOf(cookie);
    record.state = 'unknown';
    const settled = await this.settle(question);
    if (settled === null) return;
    const { answer, repeated } = settled;
    // Signed out by what was not heard of, one can not sign out again.
    const isOver = answer.status === 401 && repeated && question.address === '/v1/session';
    if (answer.status !== 204 && !isOver) return this.unexpected(question, answer);
    record.state = 'ended';
    this.done();
  }

  /** All sessions end; the one that asks goes on with another cookie. Then the password before must open nothing. */
  private async changePassword(): Promise<void> {
    const [before, password] = [this.password, this.drawPassword()];
    const question: Question = {
      method: 'PUT',
      address: '/v1/session/password',
      session: this.sessionOf(this.drawOpen()),
      body: { current: before, password },
    };
    const settled = await this.settle(question, { givesUp: false });
    if (settled === null) return;
    const { answer, repeated } = settled;
    // The cookie is another's and the password another one, by what was not heard of: it is done.
    const isDone = answer.status === 200 || (repeated && [401, 409, 422].includes(answer.status));
    if (!isDone) return this.unexpected(question, answer);
    for (const cookie of this.open) this.recordOf(cookie).state = 'ended';
    this.password = password;
    this.world.known.passwords.set(this.site.account.email, password);
    if (answer.status === 200) this.take(answer);
    else this.unheard = true;
    const refused = await this.trySignIn(before);
    if (refused !== null && refused.status !== 401) this.unexpected(SIGN_IN, refused);
  }

  private drawPassword(): string {
    return Array.from({ length: 20 }, () => LETTERS[this.seeded.below(LETTERS.length)]).join('');
  }

  /** At either process, whether it was begun or ended there or at the other. */
  private async look(): Promise<void> {
    const known = this.cookies.slice(-3 * MOST).filter((one) => this.recordOf(one).state !== 'unknown');
    const cookie = known[this.seeded.below(known.length)];
    if (cookie === undefined) return;
    const question: Question = { method: 'GET', address: '/v1/session', session: this.sessionOf(cookie) };
    const settled = await this.settle(question);
    if (settled === null) return;
    const { status, body } = settled.answer;
    const { state, email } = this.recordOf(cookie);
    if (status !== (state === 'open' ? 200 : 401))
      this.wrong(`I1: a session of ${email} should be ${state}: ${status} ${JSON.stringify(body)}`);
  }

  private drawOpen(): string {
    const { open } = this;
    const cookie = open[this.seeded.below(open.length)];
    if (cookie === undefined) throw new Error('nobody is signed in');
    return cookie;
  }

  private sessionOf(cookie: string) {
    return { cookie, csrfToken: this.recordOf(cookie).csrfToken };
  }
}

const SIGN_IN = { method: 'POST', address: '/v1/session' } as const;
