import { DeviceTokens } from '../../src/access/readers/device-token.js';
import { Networks } from '../../src/access/readers/networks.js';
import type { VigieConfig } from '../../src/config/load-config.js';
import { lockMintedDevices } from '../../src/database/statements/readers/minted-devices.js';
import { difficultyFor } from '../../src/reports/difficulty.js';
import { ForgetMinted } from '../../src/reports/forget-minted.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';
import { type GivenChallenge, proofOf } from '../setup/solve-challenge.js';
import { until } from '../setup/until.js';

/** Challenges are solved at once, and quotas are small. */
const DEVICES: VigieConfig['devices'] = {
  difficulty: 20,
  easyPerNetwork: 2,
  perNetworkPerDay: 8,
  perWideNetworkPerDay: 12,
};

let service: Service;
let site: TestSite;
let sites = 0;

beforeAll(async () => {
  service = await Service.open({ RATE_LIMITS: 'off' }, { devices: DEVICES });
});
afterAll(async () => {
  await service.close();
});
beforeEach(async () => {
  site = await service.site(`site-${(sites += 1)}`);
});

const HOME = { address: '203.0.113.9' };
const refused = ({ status, body }: Answer): unknown => [status, body['errors']];
const refusal = (sentence: RegExp): unknown => [
  422,
  [{ pointer: '/proof', detail: expect.stringMatching(sentence) as string }],
];
const quantity = async (table: string): Promise<number> => {
  const [row] = await service.database.query<{ n: number }>({
    name: `count ${table}`,
    text: `select count(*)::int as n from ${table}`,
  });
  return row?.n ?? 0;
};
const setBack = (hours: number): Promise<unknown> =>
  service.database.query(
    {
      name: 'set minted back',
      text: `update minted_devices set hour = hour - make_interval(hours => $2) where site_id = $1`,
    },
    [site.id, hours],
  );

describe('GET /v1/challenges', () => {
  it('gives a challenge that nobody keeps for later, to pages of the site', async () => {
    const { origin, publishableKey } = site;
    const answer = await service.ask('GET', '/v1/challenges', publishableKey, undefined, { origin });
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store', 'access-control-allow-origin': origin },
      body: { algorithm: 'SHA-256', maxnumber: 20 },
    });
    const withKey = await service.ask('GET', `/v1/challenges?key=${publishableKey}`);
    expect(withKey.status).toBe(200);
  });

  it('behaviour 13: is refused to pages of others, as is the device', async () => {
    const foreign = { origin: 'https://www.elsewhere.ma' };
    const proof = proofOf(await service.challenge(site));
    const answers = [
      await service.ask('GET', '/v1/challenges', site.publishableKey, undefined, foreign),
      await service.ask('POST', '/v1/devices', site.publishableKey, { proof }, foreign),
      await service.ask('POST', '/v1/devices', site.publishableKey, { proof }, { origin: 'null' }),
      await service.ask('POST', '/v1/devices', site.publishableKey, { proof }),
    ];
    for (const { status, headers } of answers) {
      expect([status, headers['access-control-allow-origin']]).toEqual([403, undefined]);
    }
    expect((await service.sendProof(site, proof)).status).toBe(201);
  });

  it('is asked before by browsers (CORS)', async () => {
    const { statusCode, headers } = await service.app.inject({
      method: 'OPTIONS',
      url: '/v1/challenges',
      headers: { origin: site.origin, 'access-control-request-method': 'GET' },
    });
    expect([statusCode, headers['access-control-allow-methods']]).toEqual([204, 'GET, HEAD']);
  });
});

describe('POST /v1/devices', () => {
  it('gives a token for a proof, with the network that asked for it', async () => {
    const token = await service.mintDevice(site, HOME);
    const opened = service.app.get(DeviceTokens).openDevice(site.id, token);
    const { narrow } = service.app.get(Networks).networksOf(site.id, { ip: '203.0.113.250' });
    expect(opened?.network).toEqual(narrow);
    expect(Math.abs((opened?.issuedAt ?? 0) - Date.now() / 1_000)).toBeLessThan(60);
  });

  it('takes a solution once, with a sentence for the second time', async () => {
    const proof = proofOf(await service.challenge(site));
    expect((await service.sendProof(site, proof)).status).toBe(201);
    expect(refused(await service.sendProof(site, proof))).toEqual(refusal(/used already/));
  });

  it('takes a solution once, also when twenty send it at the same instant from as many networks', async () => {
    const proof = proofOf(await service.challenge(site));
    const before = await quantity('minted_devices');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => service.sendProof(site, proof, { address: `10.${n}.0.1` })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 422)]);
    // A narrow network and a wide one.
    expect((await quantity('minted_devices')) - before).toBe(2);
  });

  it('takes the same solution once however it is spelt', async () => {
    const challenge = await service.challenge(site);
    expect((await service.sendProof(site, proofOf(challenge))).status).toBe(201);
    const spelt = [
      proofOf(challenge, { more: 'x' }),
      proofOf(challenge, { salt: challenge.salt.slice(0, -1) }),
      Buffer.from(proofOf(challenge), 'base64').toString('base64url'),
    ];
    for (const proof of spelt) {
      expect(refused(await service.sendProof(site, proof))).toEqual(refusal(/used already/));
    }
  });

  it('refuses everything else with a sentence, and writes nothing', async () => {
    const challenge = await service.challenge(site);
    const others = await service.challenge(await service.site(`site-${(sites += 1)}`));
    const before = [await quantity('spent_challenge'), await quantity('minted_devices')];
    const wrong: [string, RegExp][] = [
      [proofOf(challenge, { number: numberIn(proofOf(challenge)) + 1 }), /does not solve/],
      [proofOf(challenge, { signature: '0'.repeat(64) }), /not made here/],
      [proofOf(others), /another site/],
      ['garbage', /not a solution/],
      ['='.repeat(4_096), /not a solution/],
    ];
    for (const [proof, sentence] of wrong) {
      expect(refused(await service.sendProof(site, proof))).toEqual(refusal(sentence));
    }
    for (const proof of [undefined, null, 1, '', 'x'.repeat(4_097), { number: 1 }]) {
      expect(refused(await service.sendProof(site, proof))).toEqual(refusal(/./));
    }
    expect([await quantity('spent_challenge'), await quantity('minted_devices')]).toEqual(before);
  });

  it('takes no secret key', async () => {
    const proof = proofOf(await service.challenge(site));
    expect((await service.ask('POST', '/v1/devices', site.secretKey, { proof })).status).toBe(403);
  });
});

/** Mints so many devices, one after the other; the statuses. */
async function mintMany(count: number, address: (n: number) => string): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const from = { address: address(n) };
    statuses.push((await service.sendProof(site, proofOf(await service.challenge(site, from)), from)).status);
  }
  return statuses;
}

describe('a network that asks for many devices', () => {
  it('gets harder challenges: twice the work with each further so many, up to 32 times', () => {
    const at = (minted: number): number => difficultyFor(minted, { difficulty: 50_000, easyPerNetwork: 20 });
    expect([0, 19, 20, 39, 40, 60, 80, 100, 120, 10_000].map(at)).toEqual([
      50_000, 50_000, 100_000, 100_000, 200_000, 400_000, 800_000, 1_600_000, 1_600_000, 1_600_000,
    ]);
  });

  it('gets them at the door, and its neighbour does not', async () => {
    expect(await mintMany(5, (n) => `203.0.113.${n}`)).toEqual([201, 201, 201, 201, 201]);
    expect((await service.challenge(site, HOME)).maxnumber).toBe(80);
    expect((await service.challenge(site, { address: '203.0.114.1' })).maxnumber).toBe(20);
  });

  it('can not gather easy challenges for later', async () => {
    const easy: GivenChallenge[] = [];
    for (let n = 0; n < 6; n += 1) easy.push(await service.challenge(site, HOME));
    const answers: Answer[] = [];
    for (const challenge of easy) answers.push(await service.sendProof(site, proofOf(challenge), HOME));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 422, 422]);
    expect(refused(answers[4] as Answer)).toEqual(refusal(/too easy now/));
  });

  it('gets so many a day, then 429 with the time when there are more', async () => {
    expect(await mintMany(9, () => HOME.address)).toEqual([...Array<number>(8).fill(201), 429]);
    const proof = proofOf(await service.challenge(site, HOME));
    const late = await service.sendProof(site, proof, HOME);
    expect(late).toMatchObject({ status: 429, body: { type: '/problems/rate-limited' } });
    const wait = Number(late.headers['retry-after']);
    expect(wait).toBe(late.body['retryAfter']);
    expect(wait).toBeGreaterThan(82_000);
    expect(wait).toBeLessThanOrEqual(86_400);
    expect(String(late.headers['access-control-expose-headers'])).toContain('Retry-After');
    // What was refused for the quota is not spent: elsewhere it is good.
    expect((await service.sendProof(site, proof, { address: '198.51.100.1' })).status).toBe(201);
  });

  it('gets more when a day has passed', async () => {
    expect(await mintMany(9, () => HOME.address)).toEqual([...Array<number>(8).fill(201), 429]);
    await setBack(23);
    expect(await mintMany(1, () => HOME.address)).toEqual([429]);
    await setBack(1);
    expect(await mintMany(1, () => HOME.address)).toEqual([201]);
  });

  it('shares a quota with all of its wide network', async () => {
    const elsewhere = (n: number): string => `2001:db8:1200:${(n * 256).toString(16)}::1`;
    expect(await mintMany(13, elsewhere)).toEqual([...Array<number>(12).fill(201), 429]);
    expect(await mintMany(1, () => '2001:db8:5600::1')).toEqual([201]);
  });

  it('is another one on another site', async () => {
    expect(await mintMany(9, () => HOME.address)).toContain(429);
    site = await service.site(`site-${(sites += 1)}`);
    expect(await mintMany(1, () => HOME.address)).toEqual([201]);
  });

  it('gets exactly its quota when all ask at once, in two processes', async () => {
    const patient = { devices: { ...DEVICES, easyPerNetwork: 100 } };
    const env = { RATE_LIMITS: 'off' };
    const [one, two] = [await service.beside(env, patient), await service.beside(env, patient)];
    const proofs: string[] = [];
    for (let n = 0; n < 24; n += 1) proofs.push(proofOf(await one.challenge(site, HOME)));
    const answers = await Promise.all(
      proofs.map((proof, n) => (n % 2 === 0 ? one : two).sendProof(site, proof, HOME)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(8).fill(201),
      ...Array<number>(16).fill(429),
    ]);
    await one.close();
    await two.close();
  });
});

describe('a flood of solutions', () => {
  let slow: Service;
  let fresh: Service;
  beforeEach(async () => {
    slow = await service.beside();
    fresh = await service.beside({}, { devices: { ...DEVICES, easyPerNetwork: 100 } });
  });
  afterEach(async () => {
    await slow.close();
    await fresh.close();
  });

  /** Another process mints in the network of HOME, and does not come to an end before `meanwhile` has. */
  const whileOneMints = (meanwhile: () => Promise<void>): Promise<void> =>
    slow.database.inIndexedTransaction(async (tx) => {
      const { narrow, wide } = slow.app.get(Networks).networksOf(site.id, { ip: HOME.address });
      lockMintedDevices(tx, { siteId: site.id, narrow, wide });
      // Sent behind the lock: when this is answered, it is ours.
      await tx.query({ name: 'locked', text: 'select 1' });
      await meanwhile();
    });

  const waiting = async (): Promise<number> => {
    const [row] = await service.database.query<{ n: number }>({
      name: 'count waiting',
      text: `select count(*)::int as n
             from pg_locks
             where locktype = 'advisory' and not granted
               and database = (select oid from pg_database where datname = current_database())`,
    });
    return row?.n ?? 0;
  };

  it('that are spent waits for nobody who mints, not even in a process that has not seen them before', async () => {
    const proof = proofOf(await service.challenge(site));
    expect((await service.sendProof(site, proof)).status).toBe(201);
    await whileOneMints(async () => {
      const answers = await Promise.all(Array.from({ length: 90 }, () => fresh.sendProof(site, proof, HOME)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
      expect(await waiting()).toBe(0);
    });
  });

  it('that are spent is known without a question', async () => {
    const proof = proofOf(await service.challenge(site));
    expect((await service.sendProof(site, proof)).status).toBe(201);
    await service.database.query({ name: 'unspend', text: 'delete from spent_challenge' });
    expect(refused(await service.sendProof(site, proof))).toEqual(refusal(/used already/));
  });

  it('from a network that has had its devices waits for nobody', async () => {
    const proofs: string[] = [];
    for (let n = 0; n < 20; n += 1) proofs.push(proofOf(await service.challenge(site, HOME)));
    await service.database.query(
      {
        name: 'fill',
        text: `insert into minted_devices (site_id, network, hour, devices)
               select $1, $2, date_bin('1 hour', now(), timestamptz '2000-01-01 00:00:00+00'), 8`,
      },
      [site.id, service.app.get(Networks).networksOf(site.id, { ip: HOME.address }).narrow],
    );
    await whileOneMints(async () => {
      const answers = await Promise.all(proofs.map((proof) => fresh.sendProof(site, proof, HOME)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([429]));
    });
  });

  it('keeps two connections of ten busy: reports and challenges are answered meanwhile', async () => {
    const proofs: string[] = [];
    for (let n = 0; n < 110; n += 1) proofs.push(proofOf(await service.challenge(site, HOME)));
    const other = await service.site(`site-${(sites += 1)}`);
    let answered = 0;
    let minting: Promise<Answer[]> = Promise.resolve([]);
    await whileOneMints(async () => {
      minting = Promise.all(
        proofs.map(async (proof) => {
          const answer = await fresh.sendProof(site, proof, HOME);
          answered += 1;
          return answer;
        }),
      );
      // Two mint, a hundred wait, and eight were too many.
      await until(async () => answered === 8 && (await waiting()) === 2);
      const reports = Array.from({ length: 20 }, (_, n) =>
        fresh.report(other, `https://cdn.${other.slug}.ma/${n}.jpg`, 'somebody'),
      );
      expect(new Set((await Promise.all(reports)).map(({ status }) => status))).toEqual(new Set([201]));
      expect((await fresh.challenge(site, HOME)).maxnumber).toBe(20);
      expect([answered, await waiting()]).toEqual([8, 2]);
    });
    expect((await minting).map(({ status }) => status).sort()).toEqual([
      ...Array<number>(8).fill(201),
      ...Array<number>(94).fill(429),
      ...Array<number>(8).fill(503),
    ]);
  });
});

it('forgets challenges that have expired and counts of the day before, and nothing else', async () => {
  await service.mintDevice(site, HOME);
  const day = await quantity('minted_devices');
  const spent = await quantity('spent_challenge');
  await service.app.get(ForgetMinted).forget();
  expect(await quantity('spent_challenge')).toBe(spent);
  // Earlier tests set some back.
  expect(await quantity('minted_devices')).toBeLessThanOrEqual(day);
  await service.database.query({
    name: 'age',
    text: `with c as (update spent_challenge set expires_at = expires_at - interval '2 hours')
           update minted_devices set hour = hour - interval '24 hours'`,
  });
  await service.app.get(ForgetMinted).forget();
  expect([await quantity('spent_challenge'), await quantity('minted_devices')]).toEqual([0, 0]);
});

const numberIn = (proof: string): number =>
  (JSON.parse(Buffer.from(proof, 'base64').toString()) as { number: number }).number;
