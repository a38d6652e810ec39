import { SignJWT } from 'jose';
import { type GivenChallenge, proofOf } from '../../../test/setup/solve-challenge.js';
import type { Answer, Question } from '../asker.js';
import { RAW_ACCOUNT, RAW_ADDRESS, type ReportRecord } from '../record.js';
import { tellsTooMuch } from '../report-answer.js';
import { Actor } from './actor.js';

const REASONS = ['violence', 'hate', 'nudity', 'privacy', 'spam', 'child_abuse'] as const;
/** Images that are reported at a time, and for so many turns of each reader. */
const IMAGES = 12;
const TURNS = 60;
const ACCOUNTS = 25;
const DEVICES = 12;
/** One in so many. */
const WITHDRAWS = 12;
const LOOKS = 15;
const CLICKS_TWICE = 10;
const COMMENTS = 6;

/** Who reports, how that is said, and with which key. */
interface Voice {
  readonly reporter: string;
  readonly ref: Record<string, string>;
  readonly key: string;
  readonly from?: string;
}

/** Reports images, in every way there is, withdraws, looks at receipts. */
export class Reader extends Actor {
  private readonly devices: { readonly name: string; readonly token: string; readonly from: string }[] = [];
  private readonly receipts: string[] = [];
  /** Of votes that were asked for, and nobody said whether they were cast. */
  private readonly lost = new Set<string>();

  protected async turn(number: number): Promise<void> {
    const voice = await this.voice(number);
    if (voice === null) return;
    const image = this.image(number);
    const reason = this.seeded.oneOf(REASONS.slice(0, this.seeded.below(30) === 0 ? 6 : 5) as [string]);
    const comment =
      this.seeded.below(COMMENTS) === 0 ? { comment: `Une remarque de ${number}, ${this.name}.` } : {};
    const body = { image, reason, ...comment, reporter: voice.ref };
    const question: Question = {
      method: 'POST',
      address: '/v1/reports',
      key: voice.key,
      body,
      ...from(voice),
    };
    const said = { image: image.url ?? image.id ?? '', reason, comment: comment.comment ?? null };
    if (this.seeded.below(CLICKS_TWICE) === 0) await this.clickTwice(question, voice, said);
    else await this.report(question, voice, said);
    if (this.seeded.below(WITHDRAWS) === 0) await this.withdraw();
    if (this.seeded.below(LOOKS) === 0) await this.look();
  }

  private image(number: number): { url?: string; id?: string } {
    const bound = [...this.world.known.bound.values()].flatMap(({ site, id }) =>
      site === this.site && id !== undefined ? [id] : [],
    );
    const draw = this.seeded.below(8 * 1_000);
    const id = bound[draw % Math.max(1, bound.length)];
    if (id !== undefined && draw < 1_000) return { id };
    const file = `${Math.floor(number / TURNS)}-${this.seeded.below(IMAGES)}`;
    return { url: `${this.site.images}/${file}.jpg` };
  }

  private async voice(number: number): Promise<Voice | null> {
    const account = `${RAW_ACCOUNT}-${this.name}-${this.seeded.below(ACCOUNTS)}`;
    const { publishableKey, secretKey } = this.site;
    switch (this.seeded.below(5)) {
      case 0:
      case 1:
        return { reporter: account, ref: { account }, key: secretKey };
      case 2: {
        const token = await this.tokenOf(account);
        return { reporter: account, ref: { token }, key: publishableKey, from: this.address(number) };
      }
      default: {
        const device = await this.device();
        if (device === null) return null;
        const { name, token, from } = device;
        return { reporter: name, ref: { device: token }, key: publishableKey, from };
      }
    }
  }

  private address(number: number): string {
    return `${RAW_ADDRESS}.${number % 200}.${1 + this.seeded.below(200)}`;
  }

  private async tokenOf(account: string): Promise<string> {
    const token = await new SignJWT({ verified: this.seeded.below(2) === 0 })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(account)
      .setAudience(this.site.slug)
      .setExpirationTime('9 minutes')
      .sign(new TextEncoder().encode(this.site.signingSecret));
    this.world.known.tokens.add(token);
    return token;
  }

  /** One of its own, or a new one. */
  private async device() {
    if (this.devices.length >= DEVICES) return this.devices[this.seeded.below(DEVICES)] ?? null;
    const from = this.address(this.seeded.below(200));
    const key = this.site.publishableKey;
    const given = await this.settle({ method: 'GET', address: '/v1/challenges', key, from });
    if (given === null) return null;
    const proof = proofOf(given.answer.body as unknown as GivenChallenge);
    const question: Question = { method: 'POST', address: '/v1/devices', key, from, body: { proof } };
    const minted = await this.settle(question);
    if (minted === null) return null;
    // A challenge is good once: whoever asks again may find it spent.
    if (minted.answer.status !== 201 && minted.repeated) return null;
    if (minted.answer.status !== 201) return (this.unexpected(question, minted.answer), null);
    const token = String(minted.answer.body['device']);
    this.world.known.tokens.add(token);
    const device = { name: `device ${this.name}-${this.devices.length}`, token, from };
    this.devices.push(device);
    return device;
  }

  private async report(question: Question, voice: Voice, said: Said, first?: number): Promise<Answer | null> {
    const { known } = this.world;
    known.asks(this.site, said.image, voice.reporter);
    const before = this.receiptsOf(voice, said);
    const settled = await this.settle(question, first === undefined ? {} : { first });
    if (settled === null) {
      for (const record of before.values()) record.state = 'unknown';
      this.lost.add(`${voice.reporter} ${said.image}`);
      return null;
    }
    const { answer } = settled;
    if (answer.status !== 201 && answer.status !== 200) return (this.unexpected(question, answer), null);
    this.take(answer, voice, said, { before, repeated: settled.repeated || first !== undefined });
    return answer;
  }

  private receiptsOf(voice: Voice, said: Said): Map<string, ReportRecord> {
    const same = ([, record]: [string, ReportRecord]): boolean =>
      record.reporter === voice.reporter && record.image === said.image && record.site === this.site;
    return new Map(
      this.receipts.map((receipt): [string, ReportRecord] => [receipt, this.recordOf(receipt)]).filter(same),
    );
  }

  private recordOf(receipt: string): ReportRecord {
    const record = this.world.known.reports.get(receipt);
    if (record === undefined) throw new Error('a receipt of nobody');
    return record;
  }

  /** @param repeated the effect may be of an earlier request, or of one beside this */
  private take(
    { status, body }: Answer,
    voice: Voice,
    { image, reason, comment }: Said,
    { before, repeated }: { before: Map<string, ReportRecord>; repeated: boolean },
  ): void {
    const { known } = this.world;
    const tooMuch = tellsTooMuch(body);
    if (tooMuch !== null) this.wrong(tooMuch);
    const receipt = String(body['receipt']);
    const outcome = String(body['outcome']);
    if ((status === 201) !== (outcome === 'recorded'))
      this.wrong(`a report was answered ${status}, ${outcome}`);
    const record = known.reports.get(receipt);
    const isNew = record === undefined;
    // A vote that was withdrawn may be recorded again; one that stands may not, however often it is asked for (I2).
    if (!isNew && !repeated && record.state === 'stands' && outcome !== 'already_reported') {
      this.wrong(`I2: ${voice.reporter} reported ${image} again and was told it was recorded: ${receipt}`);
    }
    // By its id an image may have been reported before under one of its addresses.
    const first =
      before.size === 0 && !this.lost.has(`${voice.reporter} ${image}`) && image.startsWith('https:');
    if (isNew && first && !repeated && outcome !== 'recorded') {
      this.wrong(`${voice.reporter} reported ${image} for the first time and was told: ${outcome}`);
    }
    const kept = record ?? {
      site: this.site,
      reporter: voice.reporter,
      image,
      reasons: new Set(),
      comments: new Set(),
      state: 'stands',
    };
    if (kept.reporter !== voice.reporter || kept.site !== this.site) {
      this.wrong(`${voice.reporter} and ${kept.reporter} have one receipt: ${receipt}`);
    }
    // A vote that was withdrawn and is cast again says what it says now.
    if (kept.state !== 'stands') kept.reasons.clear();
    kept.reasons.add(reason);
    if (comment !== null) kept.comments.add(comment);
    kept.state = 'stands';
    known.reports.set(receipt, kept);
    if (isNew) this.receipts.push(receipt);
    this.done();
  }

  /** As two quick clicks do: of two processes at the same time. */
  private async clickTwice(question: Question, voice: Voice, said: Said): Promise<void> {
    const [one, other] = await Promise.all([
      this.report(question, voice, said, 0),
      this.report(question, voice, said, 1),
    ]);
    if (one === null || other === null || one.body['receipt'] !== other.body['receipt']) return;
    if (one.body['outcome'] !== 'recorded' || other.body['outcome'] !== 'recorded') return;
    this.wrong(
      `I2: ${voice.reporter} was told twice that ${said.image} was recorded: ${String(one.body['receipt'])}`,
    );
  }

  private async withdraw(): Promise<void> {
    const receipt = this.receipts[this.seeded.below(this.receipts.length)];
    if (receipt === undefined) return;
    const record = this.recordOf(receipt);
    record.state = 'unknown';
    const question: Question = {
      method: 'DELETE',
      address: `/v1/reports/${receipt}`,
      key: this.site.secretKey,
    };
    const settled = await this.settle(question);
    if (settled === null) return;
    if (settled.answer.status !== 204) return this.unexpected(question, settled.answer);
    record.state = 'withdrawn';
    this.done();
  }

  private async look(): Promise<void> {
    const receipt = this.receipts[this.seeded.below(this.receipts.length)];
    if (receipt === undefined) return;
    const question: Question = { method: 'GET', address: `/v1/reports/${receipt}`, key: this.site.secretKey };
    const settled = await this.settle(question, { givesUp: false });
    if (settled === null) return;
    const { status, body } = settled.answer;
    const { state } = this.recordOf(receipt);
    const fits = state === 'unknown' || (body['outcome'] === 'withdrawn') === (state === 'withdrawn');
    if (status !== 200 || !fits) this.wrong(`I1: ${receipt} should be ${state}: ${JSON.stringify(body)}`);
  }
}

interface Said {
  readonly image: string;
  readonly reason: string;
  readonly comment: string | null;
}

const from = ({ from }: Voice): { from?: string } => (from === undefined ? {} : { from });
