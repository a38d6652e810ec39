import { hashPassword } from '../../src/access/staff/passwords.js';
import { Membership, type MembershipRole } from '../../src/database/entities/membership.entity.js';
import { createStaff } from '../../src/sites/create-staff.js';
import type { Answer, Service, TestSite } from './service.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Of everybody here: hashing one for each would take longer than the tests. */
export const PASSWORD = 'a password of the tests';

/** Of the service itself, as requests of these tests reach it. */
export const OWN_ORIGIN = 'http://localhost';

let hashed: Promise<string> | undefined;

/** Somebody who signed in at a service by its door, as a browser does: asks with its cookie and token. */
export class SignedIn {
  private constructor(
    readonly service: Service,
    readonly email: string,
    /** `name=value`, as the last answer that gave one says. */
    public cookie: string,
    public csrfToken: string,
    /** The last answer to signing in. */
    readonly answer: Answer,
  ) {}

  /** An account with a role (on a site, or `admin`), whose password is `PASSWORD`; returns its database id. */
  static async account(
    service: Service,
    email: string,
    role: MembershipRole | 'admin',
    site?: TestSite,
  ): Promise<string> {
    hashed ??= hashPassword(PASSWORD);
    const credentials = { password: PASSWORD, hash: await hashed };
    return service.database.inTransaction(async (tx) => {
      const { staff } = await createStaff(tx, { email, admin: role === 'admin' }, credentials);
      if (role !== 'admin' && site !== undefined) {
        await tx.manager.upsert(Membership, { siteId: site.id, staffId: staff.id, role }, [
          'siteId',
          'staffId',
        ]);
      }
      return staff.id;
    });
  }

  /** Makes the account and signs in: `full`, unless the service needs a second factor. */
  static async as(
    service: Service,
    email: string,
    role: MembershipRole | 'admin',
    site?: TestSite,
  ): Promise<SignedIn> {
    await SignedIn.account(service, email, role, site);
    return SignedIn.in(service, email);
  }

  /** Signs in who has an account already; as far as the password does. */
  static async in(service: Service, email: string, headers: Record<string, string> = {}): Promise<SignedIn> {
    const answer = await service.ask(
      'POST',
      '/v1/session',
      undefined,
      { email, password: PASSWORD },
      headers,
    );
    const cookie = cookieOf(answer);
    if (cookie === null) throw new Error(`not signed in: ${answer.text}`);
    return new SignedIn(service, email, cookie, String(answer.body['csrfToken']), answer);
  }

  /** Makes the session one that waits for this, without the second factor that it would need. */
  async beginStage(stage: 'totp' | 'enrol'): Promise<void> {
    const text = `update session set stage = $2 where staff_id = (select id from staff where email = $1) and ended_at is null`;
    await this.service.database.query({ name: 'test-session-stage', text }, [this.email, stage]);
  }

  /** Asks as a page of the console does; takes over the cookie and token that an answer gives. */
  async ask<Body = Record<string, unknown>>(
    method: Method,
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
    at: Service = this.service,
  ): Promise<Answer<Body>> {
    const answer = await at.ask<Body>(method, url, undefined, body, { ...this.headers(method), ...headers });
    const cookie = cookieOf(answer);
    if (cookie !== null) this.cookie = cookie;
    const { csrfToken } = answer.body as { csrfToken?: unknown };
    if (typeof csrfToken === 'string') this.csrfToken = csrfToken;
    return answer;
  }

  /** What a browser sends with a request. */
  headers(method: Method): Record<string, string> {
    return {
      cookie: this.cookie,
      ...(method === 'GET' ? {} : { origin: OWN_ORIGIN, 'x-vigie-csrf': this.csrfToken }),
    };
  }
}

/** The cookie that an answer gives, as a browser sends it back; null: none, or it is taken away. */
export function cookieOf({ headers }: Pick<Answer, 'headers'>): string | null {
  const [given] = [headers['set-cookie'] as string | string[] | undefined].flat();
  const pair = given?.split(';', 1)[0] ?? '';
  return pair === '' || pair.endsWith('=') ? null : pair;
}
