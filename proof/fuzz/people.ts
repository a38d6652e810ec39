import { Secret, TOTP } from 'otpauth';
import type { Service } from '../../test/setup/service.js';
import { PASSWORD, SignedIn } from '../../test/setup/signed-in.js';

/** Somebody signed in for one request, with the code that their app shows next. */
export interface Person {
  readonly code: string;
  headers(method: 'POST' | 'PUT' | 'DELETE'): Record<string, string>;
}

/** So many at each step in a run: each costs the service some hashes of passwords. */
const MOST = 30;

const FACTOR = '/v1/session/second-factor';
const HALF_MINUTE = 30_000;

/** People at the steps of the second factor, made by the doors: new ones each time. */
export class People {
  private made = 0;
  private readonly counts = new Map<string, number>();

  /** @param headersOf what a page of the service that is fuzzed sends in the name of who is signed in */
  constructor(
    private readonly service: Service,
    private readonly headersOf: (signedIn: SignedIn, method: string) => Record<string, string>,
  ) {}

  /** @param stage `begun`: sees the secret; `set`: has a second factor; `asked`: gave the password, and must give a code */
  async at(stage: 'begun' | 'set' | 'asked'): Promise<Person | undefined> {
    const count = this.counts.get(stage) ?? 0;
    if (count >= MOST) return undefined;
    this.counts.set(stage, count + 1);
    const email = `factor-${(this.made += 1)}@vigie.ma`;
    let person = await SignedIn.as(this.service, email, 'admin');
    const { body } = await person.ask('POST', FACTOR, { password: PASSWORD });
    const app = new TOTP({ secret: Secret.fromBase32(String(body['secret'])) });
    if (stage !== 'begun') await person.ask('PUT', FACTOR, { code: app.generate() });
    if (stage === 'asked') person = await SignedIn.in(this.service, email);
    // The code of this half minute has been used.
    const later = stage === 'begun' ? 0 : HALF_MINUTE;
    return {
      code: app.generate({ timestamp: Date.now() + later }),
      headers: (method) => this.headersOf(person, method),
    };
  }
}
