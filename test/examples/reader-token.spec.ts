import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';
import { describeWhere } from '../setup/describe-where.js';
import { Service, type TestSite } from '../setup/service.js';

/** Which program runs each of the examples that sites are given for signing their readers' tokens. */
const EXAMPLES = [
  ['node', 'node.mjs', 'install Node'],
  ['php', 'reader-token.php', 'install PHP 8 for the command line'],
  ['python3', 'reader_token.py', 'install Python 3.8 or later'],
] as const;

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

let service: Service;
let site: TestSite;
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api' });
  site = await service.site();
});
afterAll(() => service.close());

const sign = (program: string, file: string, account: string, secret = site.readerSigningSecret): string =>
  execFileSync(program, [path.join(projectRoot(), 'examples/reader-token', file), account], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], VIGIE_SITE: site.slug, VIGIE_SIGNING_SECRET: secret },
  }).trim();

const report = (url: string, reporter: object, key: string) =>
  service.ask(
    'POST',
    '/v1/reports',
    key,
    { image: { url }, reason: 'violence', reporter },
    { origin: site.origin },
  );

for (const [program, file, how] of EXAMPLES) {
  describeWhere(isThere(program), { what: program, how }, `examples/reader-token/${file}`, () => {
    it.each(['user-42', 'Zoé "la lectrice" ليلى/\\'])(
      'signs a token by which a reader of a page is %s',
      async (account) => {
        const url = `https://cdn.example.ma/${program}-${account.length}.jpg`;
        const { status, body } = await report(
          url,
          { token: sign(program, file, account) },
          site.publishableKey,
        );
        expect([status, body['outcome']]).toEqual([201, 'recorded']);
        // To the service they are the account that the site's back end names so.
        const named = await report(url, { account }, site.secretKey);
        expect([named.status, named.body['outcome']]).toEqual([200, 'already_reported']);
      },
    );

    it('says how old the account is, that it is verified, and until when the token is good', () => {
      const [header = '', claims = ''] = sign(program, file, 'user-42').split('.');
      const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
      expect(read(header)).toEqual({ alg: 'HS256', typ: 'JWT' });
      expect(read(claims)).toEqual({
        aud: site.slug,
        sub: 'user-42',
        exp: expect.any(Number) as number,
        since: Date.UTC(2026, 0, 15, 9, 30) / 1_000,
        verified: true,
      });
      const { exp } = read(claims) as { exp: number };
      expect(Math.abs(exp - Date.now() / 1_000 - 300)).toBeLessThan(30);
    });

    it('is refused when another secret signs', async () => {
      const token = sign(program, file, 'user-42', 'x'.repeat(43));
      const { status, body } = await report('https://cdn.example.ma/1.jpg', { token }, site.publishableKey);
      expect([status, body['errors']]).toEqual([
        422,
        [expect.objectContaining({ pointer: '/reporter/token' })],
      ]);
    });
  });
}
