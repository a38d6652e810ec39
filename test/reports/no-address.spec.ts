import { createHash } from 'node:crypto';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/config/load-config.js';
import { Database } from '../../src/database/database.js';
import { createApp } from '../../src/http/create-app.js';
import { Service } from '../setup/service.js';

/** Of where readers are nothing is kept but keyed hashes: no address, and no hash that anybody could recompute. */

const ADDRESSES = ['203.0.113.77', '2001:db8:77aa:bb77::77'];
const PREFIXES = [
  ...ADDRESSES,
  '203.0.113.0/24',
  '203.0.0.0/16',
  '203.0.113.0',
  '203.0.113',
  '2001:db8:77aa:bb00::/56',
  '2001:db8:7700::/40',
  'network|203.0.113.0/24',
  'network|203.0.0.0/16',
  'network|2001:db8:77aa:bb00::/56',
  'network|2001:db8:7700::/40',
];

it('is in no table and in no line of the log, whatever happened', async () => {
  const service = await Service.open();
  const site = await service.site();
  const lines: string[] = [];
  const secret = Buffer.from('a secret of the tests, long enough for anything');
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'trace',
    TRUST_PROXY: '1',
    DATABASE_URL: service.databaseUrl,
    VIGIE_SECRET: secret.toString(),
  });
  const app = await createApp(
    AppModule.register({ config, databaseUrl: service.databaseUrl, secret }),
    config,
    { write: (line) => void lines.push(line) },
  );
  const send = (key: string, body: object, address: string) =>
    app.inject({
      method: 'POST',
      url: '/v1/reports',
      headers: { authorization: `Bearer ${key}`, origin: site.origin, 'x-forwarded-for': address },
      payload: body,
    });
  const image = { url: 'https://cdn.example.ma/1.jpg' };
  for (const address of ADDRESSES) {
    const device = await service.mintDevice(site, { address });
    const said = { image, reason: 'violence' };
    for (const key of [site.publishableKey, site.secretKey]) {
      expect((await send(key, { ...said, reporter: { device } }, address)).statusCode).toBeLessThan(300);
    }
    const named = { ...said, reporter: { device, address } };
    expect((await send(site.secretKey, named, '192.0.2.1')).statusCode).toBe(200);
    // Refused, unknown, and gone wrong in the middle.
    expect((await send(site.publishableKey, named, address)).statusCode).toBe(422);
    expect((await send('vg_pub_nobody', said, address)).statusCode).toBe(401);
    const query = app.get(Database);
    const original = query.inIndexedTransaction.bind(query);
    query.inIndexedTransaction = () => Promise.reject(new Error('broken on purpose'));
    const broken = { ...said, image: { url: `https://cdn.example.ma/${address.length}.jpg` } };
    expect((await send(site.publishableKey, { ...broken, reporter: { device } }, address)).statusCode).toBe(
      500,
    );
    query.inIndexedTransaction = original;
  }
  await app.close();
  expect(lines.join('')).toContain('broken on purpose');
  expect(lines.join('')).toContain('"route":"/v1/reports"');
  for (const text of [...PREFIXES, ...PREFIXES.map(encodeURIComponent)]) {
    expect(lines.filter((line) => line.includes(text))).toEqual([]);
  }

  const plain = PREFIXES.map((text) => createHash('sha256').update(text).digest('hex').slice(0, 16));
  const columns = await service.database.query<{ table: string; column: string }>({
    name: 'all columns',
    text: `select c.relname as table, a.attname as column
           from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
           where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  });
  const found: string[] = [];
  let values = 0;
  for (const { table, column } of columns) {
    const rows = await service.database.query<{ value: string | null }>({
      name: `${table}.${column}`.slice(0, 63),
      text: `select "${column}"::text as value from "${table}"`,
    });
    for (const { value } of rows) {
      values += 1;
      const lower = value?.toLowerCase() ?? '';
      if ([...PREFIXES, ...plain].some((text) => lower.includes(text)))
        found.push(`${table}.${column}: ${lower}`);
    }
  }
  expect(found).toEqual([]);
  expect(values).toBeGreaterThan(100);
  expect(columns.map(({ table }) => table)).toContain('minted_devices');
  await service.close();
});
