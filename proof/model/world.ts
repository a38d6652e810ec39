import { createHash, createHmac } from 'node:crypto';
import { type GivenChallenge, proofOf } from '../../test/setup/solve-challenge.js';
import type { Answer, Asked, Named, Reader, Staff } from './asked.js';
import { STAFF } from './asked.js';
import { agePast } from './age.js';
import { at } from './differences.js';
import { tellOverdue } from './overdue.js';
import { ask, type Sent } from './http.js';
import { measureUsualOf } from './measure.js';
import { oldDevice } from './old-device.js';
import type { Rule } from './rules/state.js';
import { SPELLINGS } from './spellings.js';
import { isYoung, mintedAt, whoOf } from './rules/reports.js';
import type { ModelService, Team } from './service.js';

let made = 0;

/** One site, as new: what is played there meets nobody else. */
export class World {
  private readonly devices = new Map<number, Promise<string>>();

  private constructor(
    private readonly service: ModelService,
    readonly team: Team,
    readonly slug: string,
    private readonly id: string,
    private readonly publishable: string,
    private readonly secret: string,
    private readonly signing: string,
    /** In the feed, from before anything happened. */
    readonly cursor: string,
  ) {}

  static async open(service: ModelService, team: Team, rule: Partial<Rule>): Promise<World> {
    const slug = `world-${(made += 1)}`;
    const admin = async (method: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
      const sent = { method, path, key: service.adminToken, body };
      const answer = await ask(service.origins[0] ?? '', sent);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer.body;
    };
    const settings = { origins: [`https://www.${slug}.ma`], imageHosts: [`cdn.${slug}.ma`] };
    const site = await admin('POST', '/v1/sites', { slug, name: slug, ...settings });
    const id = String(site['id']);
    const [open, secret] = await Promise.all([
      admin('POST', `/v1/sites/${id}/keys`, { kind: 'publishable' }),
      admin('POST', `/v1/sites/${id}/keys`, { kind: 'secret' }),
      ...STAFF.map((name) =>
        admin('POST', `/v1/sites/${id}/members`, {
          email: team[name].email,
          role: name === 'lead' ? 'lead' : 'moderator',
        }),
      ),
      admin('PUT', `/v1/sites/${id}/threshold-rule`, rule),
    ]);
    const key = ({ key: value }: Record<string, unknown>): string => String(value);
    const signing = String(secret?.['readerSigningSecret']);
    const [publishable, secretKey] = [key(open ?? {}), key(secret ?? {})];
    const { body } = await ask(service.origins[0] ?? '', {
      method: 'GET',
      path: '/v1/changes',
      key: secretKey,
    });
    return new World(service, team, slug, id, publishable, secretKey, signing, String(body['cursor']));
  }

  /** Its people are free for the next world. */
  async close(): Promise<void> {
    const { body } = await this.send(`/v1/sites/${this.id}/members?limit=100`, this.service.adminToken);
    const members = body['items'] as { id: string }[];
    await Promise.all(
      members.map(({ id }) =>
        ask(this.service.origins[0] ?? '', {
          method: 'DELETE',
          path: `/v1/sites/${this.id}/members/${id}`,
          key: this.service.adminToken,
        }),
      ),
    );
  }

  url({ address, spelling }: Named): string | undefined {
    if (address === undefined) return undefined;
    return SPELLINGS[spelling ?? 0]?.(this.slug, address);
  }

  imageRef(image: Named): { url?: string; id?: string } {
    const url = this.url(image);
    return {
      ...(url === undefined ? {} : { url }),
      ...(image.id === undefined ? {} : { id: `photo-${image.id}` }),
    };
  }

  query(image: Named): string {
    return new URLSearchParams(this.imageRef(image)).toString();
  }

  /** A question, to the process of that number. */
  send(path: string, key: string = this.secret, body?: unknown, process = 0): Promise<Answer> {
    const method = body === undefined ? 'GET' : 'POST';
    return ask(this.service.origins[process] ?? '', {
      method,
      path,
      key,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** What the site's rule does by itself. */
  automation(process: number): Promise<Answer> {
    return this.send(`/v1/sites/${this.id}/automation`, this.tokenOf('lead'), undefined, process);
  }

  /** Who is muted. */
  mutes(process: number): Promise<Answer> {
    return this.send(`/v1/mutes?site=${this.slug}&limit=100`, this.tokenOf('lead'), undefined, process);
  }

  states(images: readonly Named[], as: 'site' | 'browser', process: number): Promise<Answer> {
    const body = { images: images.map((image) => this.imageRef(image)) };
    return ask(this.service.origins[process] ?? '', {
      method: 'POST',
      path: '/v1/images/state',
      key: as === 'site' ? this.secret : this.publishable,
      body,
      headers: as === 'site' ? {} : { origin: `https://www.${this.slug}.ma` },
    });
  }

  tokenOf(staff: Staff): string {
    return this.team[staff].token;
  }

  /** Does what was asked, by the door that it belongs to. */
  async perform(asked: Asked, process = 0): Promise<Answer> {
    if (asked.do === 'time-passes') {
      await agePast(this.service.pool, this.slug, asked.hours);
      await tellOverdue(this.service.pool, this.service.neck, this.slug);
      await measureUsualOf(this.service.pool, this.service.database, this.slug);
      return { status: 200, body: {} };
    }
    const origin = this.service.origins[process % this.service.origins.length] ?? '';
    return ask(origin, await this.requestOf(asked));
  }

  private async requestOf(asked: Exclude<Asked, { do: 'time-passes' }>): Promise<Sent> {
    const site = { key: this.secret };
    switch (asked.do) {
      case 'report':
        return this.reportOf(asked);
      case 'withdraw':
        return { method: 'DELETE', path: `/v1/reports/${asked.receipt}`, ...site };
      case 'receipt':
        return { method: 'GET', path: `/v1/reports/${asked.receipt}`, ...site };
      case 'decide': {
        const { caseId, ...body } = asked.decision;
        return { method: 'POST', path: `/v1/cases/${caseId}/decision`, key: this.tokenOf(asked.staff), body };
      }
      case 'decide-many': {
        const decisions = asked.decisions.map(({ caseId, ...rest }) => ({ case: caseId, ...rest }));
        return { method: 'POST', path: '/v1/decisions', key: this.tokenOf(asked.staff), body: { decisions } };
      }
      case 'undo':
        return {
          method: 'POST',
          path: `/v1/decisions/${asked.decision}/undo`,
          key: this.tokenOf(asked.staff),
        };
      case 'claim':
        return {
          method: 'POST',
          path: '/v1/cases/claim',
          key: this.tokenOf(asked.staff),
          body: { site: this.slug },
        };
      case 'lease': {
        const body = asked.token === undefined ? {} : { token: asked.token };
        return {
          method: 'PUT',
          path: `/v1/cases/${asked.caseId}/lease`,
          key: this.tokenOf(asked.staff),
          body,
        };
      }
      case 'release': {
        const query = `token=${encodeURIComponent(asked.token)}${asked.skip ? '&skip=true' : ''}`;
        const path = `/v1/cases/${asked.caseId}/lease?${query}`;
        return { method: 'DELETE', path, key: this.tokenOf(asked.staff) };
      }
      case 'publisher-block': {
        const body = { image: this.imageRef(asked.image), reason: asked.reason };
        return { method: 'PUT', path: '/v1/images/block', ...site, body };
      }
      case 'publisher-unblock':
        return { method: 'DELETE', path: `/v1/images/block?${this.query(asked.image)}`, ...site };
      case 'staff-block': {
        const body = { image: this.imageRef(asked.image), policy: asked.policy };
        return {
          method: 'PUT',
          path: `/v1/images/block?site=${this.slug}`,
          key: this.tokenOf(asked.staff),
          body,
        };
      }
      case 'staff-unblock':
        return {
          method: 'DELETE',
          path: `/v1/images/block?site=${this.slug}&${this.query(asked.image)}`,
          key: this.tokenOf(asked.staff),
        };
      case 'bind': {
        const { id } = this.imageRef({ id: asked.id });
        const { url } = this.imageRef(asked.address);
        return { method: 'PUT', path: '/v1/images/addresses', ...site, body: { id, urls: [url] } };
      }
      case 'tell-content': {
        const body = { image: this.imageRef(asked.image), sha256: digestOf(asked.bytes) };
        return { method: 'PUT', path: '/v1/images/content', ...site, body };
      }
      case 'protect':
        return {
          method: 'PUT',
          path: '/v1/images/protection',
          ...site,
          body: { image: this.imageRef(asked.image) },
        };
      case 'unprotect':
        return { method: 'DELETE', path: `/v1/images/protection?${this.query(asked.image)}`, ...site };
      case 'appeal':
        return {
          method: 'PUT',
          path: '/v1/images/appeal',
          ...site,
          body: { image: this.imageRef(asked.image) },
        };
      case 'withdraw-appeal':
        return { method: 'DELETE', path: `/v1/images/appeal?${this.query(asked.image)}`, ...site };
      case 'mute': {
        const reader = await this.handleOf(asked.caseId, asked.who);
        const body = { reader, ...(asked.days === undefined ? {} : { days: asked.days }) };
        return { method: 'POST', path: '/v1/mutes', key: this.tokenOf('lead'), body };
      }
      case 'lift-mute':
        return { method: 'DELETE', path: `/v1/mutes/${asked.mute}`, key: this.tokenOf('lead') };
      case 'change-rule':
        return {
          method: 'PUT',
          path: `/v1/sites/${this.id}/threshold-rule`,
          key: this.tokenOf('lead'),
          body: asked.change,
        };
    }
  }

  private async reportOf({ image, reader, reason, words }: Extract<Asked, { do: 'report' }>): Promise<Sent> {
    // By the page that they came from a lead knows a reader again.
    const page = { url: `https://www.${this.slug}.ma/`, title: whoOf(reader) };
    const body = {
      image: this.imageRef(image),
      page,
      reason,
      ...(words === undefined ? {} : { comment: words }),
      reporter: await this.reporterOf(reader),
    };
    const base = { method: 'POST', path: '/v1/reports', body };
    if (reader.kind === 'named') return { ...base, key: this.secret };
    const headers = { origin: `https://www.${this.slug}.ma`, 'x-forwarded-for': ipOf(reader.at) };
    return { ...base, key: this.publishable, headers };
  }

  /** As the reports of a case call a reader, for whoever may mute them. */
  private async handleOf(caseId: string, who: string): Promise<string> {
    const { body } = await this.send(`/v1/cases/${caseId}/reports?limit=100`, this.tokenOf('lead'));
    const reports = (body['items'] ?? []) as { notes: { page: { title: string } }[] }[];
    const own = reports.find(({ notes }) => notes.some(({ page }) => page.title === who));
    return String(at(own, 'handle'));
  }

  private async reporterOf(reader: Reader): Promise<Record<string, string>> {
    switch (reader.kind) {
      case 'named':
        return { account: `user-${reader.account}` };
      case 'account':
        return { token: this.readerToken(`user-${reader.account}`, reader.verified) };
      case 'device':
        return { device: await this.device(reader.device) };
    }
  }

  /** A JWT as a site's own server signs it, with nothing but the language's library. */
  private readerToken(sub: string, verified: boolean): string {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.now() / 1000) + 300;
    const text = `${part({ alg: 'HS256' })}.${part({ aud: this.slug, sub, exp, ...(verified ? { verified } : {}) })}`;
    return `${text}.${createHmac('sha256', this.signing).update(text).digest('base64url')}`;
  }

  private device(number: number): Promise<string> {
    const known = this.devices.get(number);
    if (known !== undefined) return known;
    const minted = this.mint(mintedAt(number)).then((token) =>
      isYoung(number) ? token : oldDevice(this.id, token),
    );
    this.devices.set(number, minted);
    return minted;
  }

  private async mint(at: number): Promise<string> {
    const headers = { origin: `https://www.${this.slug}.ma`, 'x-forwarded-for': ipOf(at) };
    const base = { key: this.publishable, headers };
    const origin = this.service.origins[0] ?? '';
    const given = await ask(origin, { method: 'GET', path: '/v1/challenges', ...base });
    const proof = proofOf(given.body as unknown as GivenChallenge);
    const { body } = await ask(origin, { method: 'POST', path: '/v1/devices', ...base, body: { proof } });
    return String(body['device']);
  }
}

/** Of bytes that nobody sees. */
const digestOf = (bytes: number): string => createHash('sha256').update(`bytes ${bytes}`).digest('hex');

/** Two narrow networks (/24) in each wide one (/16). */
const ipOf = (narrow: number): string => `10.${Math.floor(narrow / 2)}.${narrow}.7`;
