import { createHmac } from 'node:crypto';
import { DeviceTokens } from '../../../src/access/readers/device-token.js';
import { Networks } from '../../../src/access/readers/networks.js';
import { Reporters } from '../../../src/access/readers/reporter.js';
import type { ReporterClaim } from '../../../src/access/readers/reporter-claim.js';
import { Sealed } from '../../../src/access/sealing/sealed.js';

const secret = Buffer.alloc(32, 1);
const sealed = new Sealed(secret);
const devices = new DeviceTokens(sealed);
const networks = new Networks(secret);
const reporters = new Reporters(secret, sealed, devices, networks);

const site = { id: '1', slug: 'example' };
const other = { id: '2', slug: 'other' };
const publishable = { kind: 'publishable' } as const;
const secretKey = { kind: 'secret' } as const;

const HOME = '203.0.113.9';
/** A token of a device that was minted there. */
const mint = (ip = HOME, of = site, by = devices): string =>
  by.mintDevice(of.id, networks.networksOf(of.id, { ip }).narrow);

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1_000);
const claims = (changes: Record<string, unknown> = {}) => ({
  aud: 'example',
  sub: 'user-42',
  exp: seconds() + 300,
  ...changes,
});

/** A token as a site makes one, without our library: the signing secret's characters are the key. */
function sign(
  payload: Record<string, unknown> = claims(),
  header: Record<string, unknown> = { alg: 'HS256', typ: 'JWT' },
  { hash = 'sha256', key = reporters.readerSigningSecret(site) } = {},
): string {
  const body = `${encode(header)}.${encode(payload)}`;
  return `${body}.${createHmac(hash, key).update(body).digest('base64url')}`;
}

const identify = (
  claim: ReporterClaim,
  caller: typeof publishable | typeof secretKey = publishable,
  of = site,
  ip = HOME,
) => reporters.identifyReporter(of, caller, claim, { ip });
const refusal = (pointer: string, detail: unknown = expect.any(String)): unknown =>
  expect.objectContaining({ code: 'INVALID', fields: [{ pointer, detail }] });

describe('devices', () => {
  it('are the same reporter each time, with a hash of 16 bytes', async () => {
    const device = mint();
    const first = await identify({ device });
    expect(first.kind).toBe('device');
    expect(first.hash).toHaveLength(16);
    expect(await identify({ device })).toEqual(first);
    expect(await identify({ device }, secretKey)).toEqual(first);
  });

  it('of one site are refused by the next', async () => {
    await expect(identify({ device: mint() }, publishable, other)).rejects.toEqual(
      refusal('/reporter/device', expect.stringMatching(/not a device token of this site/)),
    );
  });

  it('that we did not mint are refused', async () => {
    const stranger = mint(HOME, site, new DeviceTokens(new Sealed(Buffer.alloc(32, 2))));
    const tampered = mint().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const device of [stranger, tampered, '', 'dev_1', '\0']) {
      await expect(identify({ device })).rejects.toEqual(refusal('/reporter/device'));
    }
  });
});

describe('accounts', () => {
  it('in a token that the site signed are told apart by "sub" alone', async () => {
    const first = await identify({ token: sign() });
    expect(first.kind).toBe('account');
    expect(first.hash).toHaveLength(16);
    expect(
      (await identify({ token: sign(claims({ exp: seconds() + 60, since: 1, verified: true })) })).hash,
    ).toEqual(first.hash);
    expect((await identify({ token: sign(claims({ sub: 'user-43' })) })).hash).not.toEqual(first.hash);
  });

  it('behaviour 4: one account on two devices is one reporter', async () => {
    const [one, two] = [mint(), mint()];
    const alone = await identify({ token: sign() });
    expect(alone).toMatchObject({ kind: 'account', device: null });
    for (const device of [one, two]) {
      const { hash } = await identify({ device });
      expect(await identify({ token: sign(), device })).toEqual({ ...alone, device: hash });
    }
  });

  it('named by the secret key are the same persons as in the tokens of the site', async () => {
    const named = await identify({ account: 'user-42' }, secretKey);
    expect(named.kind).toBe('named');
    expect(named.hash).toEqual((await identify({ token: sign() })).hash);
  });

  it('are different reporters on different sites', async () => {
    const here = await identify({ account: 'user-42' }, secretKey);
    expect(here.hash).not.toEqual((await identify({ account: 'user-42' }, secretKey, other)).hash);
  });

  it('are not mistaken for devices, whatever they are called', async () => {
    const device = mint();
    const id = devices.openDevice(site.id, device)?.id.toString('latin1') ?? '';
    expect((await identify({ account: id }, secretKey)).hash).not.toEqual((await identify({ device })).hash);
  });

  it('can be named by the secret key only', async () => {
    await expect(identify({ account: 'user-42' })).rejects.toEqual(refusal('/reporter/account'));
  });

  it('may have names of 255 characters in any script, emoji included, and are the same persons by them', async () => {
    const account = '\u{1f33b}'.repeat(255);
    const named = await identify({ account }, secretKey);
    expect((await identify({ token: sign(claims({ sub: account })) })).hash).toEqual(named.hash);
  });

  it.each(['user-\0', 'user-\ud800'])(
    'are no texts that nobody could store, in tokens either: %j',
    async (sub) => {
      const refused = identify({ token: sign(claims({ sub })) });
      await expect(refused).rejects.toEqual(refusal('/reporter/token'));
    },
  );

  it('are named alone, by 1 to 255 characters', async () => {
    const bad = [
      { account: '' },
      { account: 'x'.repeat(256) },
      { account: '\u{1f33b}'.repeat(256) },
      { account: 'x', device: mint() },
      { account: 'x', token: sign() },
    ];
    for (const claim of bad) {
      await expect(identify(claim, secretKey)).rejects.toEqual(refusal('/reporter/account'));
    }
  });

  it('must be said somehow', async () => {
    await expect(identify({}, secretKey)).rejects.toEqual(refusal('/reporter'));
  });
});

describe('tokens that sites sign', () => {
  it.each(['example', sealed.id('sit', '1'), ['elsewhere', 'example']])(
    'may name the site as %j',
    async (aud) => {
      expect((await identify({ token: sign(claims({ aud })) })).kind).toBe('account');
    },
  );

  it('may name a key id', async () => {
    expect((await identify({ token: sign(claims(), { alg: 'HS256', kid: '2026-11' }) })).kind).toBe(
      'account',
    );
  });

  it('may be valid for ten minutes', async () => {
    expect((await identify({ token: sign(claims({ exp: seconds() + 600 })) })).kind).toBe('account');
  });

  it.each<[string, () => string, RegExp]>([
    ['no algorithm', () => `${encode({ alg: 'none' })}.${encode(claims())}.`, /HS256/],
    ['no algorithm, yet a signature', () => sign(claims(), { alg: 'none' }), /HS256/],
    ['RS256', () => sign(claims(), { alg: 'RS256' }), /HS256/],
    ['HS512', () => sign(claims(), { alg: 'HS512' }, { hash: 'sha512' }), /HS256/],
    ['HS256 by name, HS512 by deed', () => sign(claims(), undefined, { hash: 'sha512' }), /signature/],
    ['hs256 in small letters', () => sign(claims(), { alg: 'hs256' }), /HS256/],
    [
      "another site's secret",
      () => sign(claims(), undefined, { key: reporters.readerSigningSecret(other) }),
      /signature/,
    ],
    [
      'a payload changed afterwards',
      () => sign().replace(/\.[^.]+\./, `.${encode(claims({ sub: 'x' }))}.`),
      /signature/,
    ],
    ['another audience', () => sign(claims({ aud: 'other' })), /"aud" must be/],
    ["another site's id", () => sign(claims({ aud: sealed.id('sit', '2') })), /"aud" must be/],
    ["the site's database id", () => sign(claims({ aud: '1' })), /"aud" must be/],
    ['no audience', () => sign(claims({ aud: undefined })), /"aud" is missing/],
    ['no end', () => sign(claims({ exp: undefined })), /"exp" is missing/],
    ['an end that is no number', () => sign(claims({ exp: 'soon' })), /"exp"/],
    ['an end in the past', () => sign(claims({ exp: seconds() - 1 })), /expired/],
    ['an end too far ahead', () => sign(claims({ exp: seconds() + 610 })), /10 minutes/],
    ['an end in milliseconds', () => sign(claims({ exp: Date.now() })), /10 minutes/],
    ['a beginning in the future', () => sign(claims({ nbf: seconds() + 60 })), /not valid yet/],
    ['no subject', () => sign(claims({ sub: undefined })), /"sub" is missing/],
    ['an empty subject', () => sign(claims({ sub: '' })), /"sub" must be/],
    ['a subject that is a number', () => sign(claims({ sub: 42 })), /"sub" must be/],
    ['a subject of 256 characters', () => sign(claims({ sub: 'x'.repeat(256) })), /"sub" must be/],
    [
      'an unknown critical header',
      () => sign(claims(), { alg: 'HS256', crit: ['x'], x: 1 }),
      /not a signed JWT/,
    ],
    ['a list for a payload', () => sign([] as unknown as Record<string, unknown>), /not a signed JWT/],
    ['nothing', () => '', /not a signed JWT/],
    ['no dots', () => 'abc', /not a signed JWT/],
    ['garbage', () => 'a.b.c', /not a signed JWT|HS256/],
    ['lone surrogates', () => '\ud800.\ud800.\ud800', /not a signed JWT/],
    ['too much', () => sign(claims({ note: 'x'.repeat(5_000) })), /longer than/],
  ])('with %s are refused, with a sentence that says so', async (_, token, sentence) => {
    await expect(identify({ token: token() })).rejects.toEqual(
      refusal('/reporter/token', expect.stringMatching(sentence)),
    );
  });

  it('of one site are refused by the next', async () => {
    await expect(identify({ token: sign() }, publishable, other)).rejects.toEqual(
      refusal('/reporter/token', expect.stringMatching(/signature/)),
    );
  });
});

describe('network caps', () => {
  const away = '198.51.100.7';
  const at = (ip: string) => networks.networksOf(site.id, { ip });
  const days = (n: number): number => seconds() - n * 86_400;
  const since = (time: unknown): ReporterClaim => ({ token: sign(claims({ verified: true, since: time })) });

  it('hold for a device, where it votes and where its token was minted', async () => {
    expect((await identify({ device: mint() })).networks).toEqual({ ...at(HOME), minted: null });
    expect((await identify({ device: mint('203.0.113.200') })).networks).toEqual({
      ...at(HOME),
      minted: null,
    });
    const { networks: both } = await identify({ device: mint(away) });
    expect(both).toEqual({ ...at(HOME), minted: at(away).narrow });
  });

  it('hold for an account that its site has not verified, and for the device behind it', async () => {
    expect((await identify({ token: sign() })).networks).toEqual({ ...at(HOME), minted: null });
    expect((await identify({ token: sign(claims({ verified: false, since: 1 })) })).networks).not.toBeNull();
    const { networks: both } = await identify({ token: sign(), device: mint(away) });
    expect(both).toEqual({ ...at(HOME), minted: at(away).narrow });
  });

  it('hold for a verified account until it is seven days old', async () => {
    expect((await identify(since(days(6.99)))).networks).not.toBeNull();
    expect((await identify(since(days(7.01)))).networks).toBeNull();
    expect((await identify(since(new Date(days(6.99) * 1_000).toISOString()))).networks).not.toBeNull();
    expect((await identify(since(new Date(days(7.01) * 1_000).toISOString()))).networks).toBeNull();
    expect((await identify(since('2026-03-01T09:30:00+01:00'))).networks).toBeNull();
  });

  it('do not hold for a verified account of which the site tells no age, with a device or without', async () => {
    const token = sign(claims({ verified: true }));
    expect((await identify({ token })).networks).toBeNull();
    expect((await identify({ token, device: mint(away) })).networks).toBeNull();
  });

  it('do not hold for an account that the site names, and nobody asks where that is', async () => {
    const nowhere = {
      get ip(): string {
        throw new Error('asked for its address');
      },
    };
    const named = await reporters.identifyReporter(site, secretKey, { account: 'user-42' }, nowhere);
    expect(named).toMatchObject({ networks: null, device: null });
    const token = sign(claims({ verified: true }));
    expect((await reporters.identifyReporter(site, publishable, { token }, nowhere)).networks).toBeNull();
  });

  it('hold where the back end says that its reader is, else where it is itself', async () => {
    const device = mint(away);
    expect((await identify({ device, address: away }, secretKey)).networks).toEqual({
      ...at(away),
      minted: null,
    });
    expect((await identify({ device }, secretKey)).networks).toMatchObject(at(HOME));
    expect(await identify({ account: 'user-42', address: away }, secretKey)).toMatchObject({
      networks: null,
    });
  });

  it.each([
    '',
    'nowhere',
    '1',
    '0x7f.1',
    '203.0.113',
    '203.0.113.9:80',
    'fe80::1%eth0',
    '203.0.113.0/24',
    '\0',
  ])('do not take %j for an address', async (address) => {
    await expect(identify({ device: mint(), address }, secretKey)).rejects.toEqual(
      refusal('/reporter/address', expect.stringMatching(/IP address/)),
    );
  });

  it('are not moved by an address that comes with a publishable key', async () => {
    await expect(identify({ device: mint(), address: away })).rejects.toEqual(
      refusal('/reporter/address', expect.stringMatching(/secret key/)),
    );
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a "verified" that is a text', { verified: 'true' }, /"verified" must be/],
    ['a "verified" that is null', { verified: null }, /"verified" must be/],
    ['a "since" in the future', { since: seconds() + 60 }, /"since" is in the future/],
    ['a "since" in the future, as text', { since: '2999-01-01T00:00:00Z' }, /"since" is in the future/],
    ['a "since" in milliseconds', { since: Date.now() }, /seconds, not milliseconds/],
    ['a "since" that is a date', { since: '2026-03-01' }, /"since" must be/],
    ['a "since" without a zone', { since: '2026-03-01T09:30:00' }, /"since" must be/],
    ['a "since" on no day', { since: '2026-13-01T09:30:00Z' }, /"since" must be/],
    ['a "since" before time', { since: -1 }, /"since" must be/],
    ['a "since" that is null', { since: null }, /"since" must be/],
    ['a "since" that is a list', { since: [1] }, /"since" must be/],
  ])('are decided by no token with %s', async (_name, changes, sentence) => {
    await expect(identify({ token: sign(claims(changes)) })).rejects.toEqual(
      refusal('/reporter/token', expect.stringMatching(sentence)),
    );
  });
});

describe('the secret with which a site signs', () => {
  it('is its own, the same in every process, and 256 bits long', () => {
    const again = new Reporters(secret, sealed, devices, networks);
    expect(again.readerSigningSecret(site)).toBe(reporters.readerSigningSecret(site));
    expect(reporters.readerSigningSecret(site)).not.toBe(reporters.readerSigningSecret(other));
    expect(Buffer.from(reporters.readerSigningSecret(site), 'base64url')).toHaveLength(32);
  });
});
