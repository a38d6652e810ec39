import { createHmac } from 'node:crypto';
import { DeviceTokens } from '../../src/access/device-token.js';
import { Reporters, type ReporterClaim } from '../../src/access/reporter.js';
import { Sealed } from '../../src/access/sealed.js';

const secret = Buffer.alloc(32, 1);
const sealed = new Sealed(secret);
const devices = new DeviceTokens(sealed);
const reporters = new Reporters(secret, sealed, devices);

const site = { id: '1', slug: 'example' };
const other = { id: '2', slug: 'other' };
const publishable = { kind: 'publishable' } as const;
const secretKey = { kind: 'secret' } as const;

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
) => reporters.identifyReporter(of, caller, claim);
const refusal = (pointer: string, detail: unknown = expect.any(String)): unknown =>
  expect.objectContaining({ code: 'INVALID', fields: [{ pointer, detail }] });

describe('devices', () => {
  it('are the same reporter each time, with a hash of 16 bytes', async () => {
    const device = devices.mintDevice();
    const first = await identify({ device });
    expect(first.kind).toBe('device');
    expect(first.hash).toHaveLength(16);
    expect(await identify({ device })).toEqual(first);
    expect(await identify({ device }, secretKey)).toEqual(first);
  });

  it('are different reporters on different sites', async () => {
    const device = devices.mintDevice();
    expect((await identify({ device })).hash).not.toEqual(
      (await identify({ device }, publishable, other)).hash,
    );
  });

  it('that we did not mint are refused', async () => {
    const stranger = new DeviceTokens(new Sealed(Buffer.alloc(32, 2))).mintDevice();
    const tampered = devices.mintDevice().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
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
    const [one, two] = [devices.mintDevice(), devices.mintDevice()];
    const alone = await identify({ token: sign() });
    expect(await identify({ token: sign(), device: one })).toEqual(alone);
    expect(await identify({ token: sign(), device: two })).toEqual(alone);
  });

  it('named by the secret key are the same persons as in the tokens of the site', async () => {
    const named = await identify({ account: 'user-42' }, secretKey);
    expect(named.kind).toBe('named');
    expect(named.hash).toEqual((await identify({ token: sign() })).hash);
  });

  it('are not mistaken for devices, whatever they are called', async () => {
    const device = devices.mintDevice();
    const id = devices.openDevice(device)?.id.toString('latin1') ?? '';
    expect((await identify({ account: id }, secretKey)).hash).not.toEqual((await identify({ device })).hash);
  });

  it('can be named by the secret key only', async () => {
    await expect(identify({ account: 'user-42' })).rejects.toEqual(refusal('/reporter/account'));
  });

  it('are named alone, by 1 to 255 characters', async () => {
    const bad = [
      { account: '' },
      { account: 'x'.repeat(256) },
      { account: 'x', device: devices.mintDevice() },
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

describe('the secret with which a site signs', () => {
  it('is its own, the same in every process, and 256 bits long', () => {
    const again = new Reporters(secret, sealed, devices);
    expect(again.readerSigningSecret(site)).toBe(reporters.readerSigningSecret(site));
    expect(reporters.readerSigningSecret(site)).not.toBe(reporters.readerSigningSecret(other));
    expect(Buffer.from(reporters.readerSigningSecret(site), 'base64url')).toHaveLength(32);
  });
});
