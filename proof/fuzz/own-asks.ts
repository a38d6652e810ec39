import { PASSWORD } from '../../test/setup/signed-in.js';
import type { Seeded } from '../../test/setup/seeded.js';
import type { Harvest } from './harvest.js';
import type { Person } from './people.js';
import type { Pictures } from './pictures.js';

/** A right request. With headers it is asked by these alone, whoever else was to ask. */
export interface OwnAsk {
  readonly url: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What right requests can be made of. */
export interface Material {
  readonly random: Seeded;
  readonly harvest: Harvest;
  /** Somebody at a step of the second factor; undefined: so many have been made already. */
  readonly person: (stage: 'begun' | 'set' | 'asked') => Promise<Person | undefined>;
  readonly pictures: Pick<Pictures, 'shown' | 'toDelete' | 'counsel'>;
}

/** Right requests where those of test/flows/role-asks.ts are about who may ask, and not meant to be done. */
export const OWN_ASKS: Readonly<
  Record<string, (of: Material) => OwnAsk | undefined | Promise<OwnAsk | undefined>>
> = {
  // It is listened to for a moment, and left.
  'GET /v1/changes/stream': () => ({ url: '/v1/changes/stream' }),
  'PUT /v1/session/password': () => ({
    url: '/v1/session/password',
    body: { current: PASSWORD, password: 'three storks over the bay' },
  }),
  'POST /v1/links/look': ({ random, harvest }) => ({
    url: '/v1/links/look',
    body: { token: harvest.another('vg_lnk', random) ?? 'vg_lnk_x' },
  }),
  'POST /v1/links/redeem': ({ random, harvest }) => ({
    url: '/v1/links/redeem',
    body: {
      token: harvest.another('vg_lnk', random) ?? 'vg_lnk_x',
      password: 'three storks over the bay',
    },
  }),
  'POST /v1/session/totp': async ({ person }) => by(await person('asked'), 'POST', '/v1/session/totp'),
  'PUT /v1/session/second-factor': async ({ person }) =>
    by(await person('begun'), 'PUT', '/v1/session/second-factor'),
  'DELETE /v1/session/second-factor': async ({ person }) =>
    by(await person('set'), 'DELETE', '/v1/session/second-factor', { password: PASSWORD }),
  'POST /v1/session/recovery-codes': async ({ person }) =>
    by(await person('set'), 'POST', '/v1/session/recovery-codes'),
  'GET /v1/snapshots/{token}': async ({ pictures }) => at(await pictures.shown()),
  'DELETE /v1/snapshots/{token}': async ({ pictures }) =>
    at(await pictures.toDelete(), { authorization: `Bearer ${pictures.counsel}` }),
};

const at = (url: string | undefined, headers: OwnAsk['headers'] = {}): OwnAsk | undefined =>
  url === undefined ? undefined : { url, headers };

function by(
  person: Person | undefined,
  method: 'POST' | 'PUT' | 'DELETE',
  url: string,
  body = {},
): OwnAsk | undefined {
  if (person === undefined) return undefined;
  return { url, body: { ...body, code: person.code }, headers: person.headers(method) };
}
