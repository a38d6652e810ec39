import { connect } from 'node:net';
import { demonstrationKey } from '../../src/demo/demonstration-key.js';
import { createDemonstration } from '../../src/demo/create-demonstration.js';
import { PICTURES } from '../../src/demo/pictures.js';
import { Neck } from '../../src/moderation/neck.js';
import { routesOf } from '../setup/routes-of.js';
import { SECRET, Service, type TestSite } from '../setup/service.js';
import { SignedIn } from '../setup/signed-in.js';

/**
 * What browsers are told beside every answer. Stops: every route of the service, asked by nobody · every kind of answer, asked by
 * those who may · every page · what is not HTTP.
 */

const PUBLIC_URL = 'http://127.0.0.1:4601';
const HOST = { host: '127.0.0.1:4601' };

interface Told {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let service: Service;
let site: TestSite;

beforeAll(async () => {
  service = await Service.open({ ROLE: 'api', PUBLIC_URL });
  await createDemonstration(service.app.get(Neck), PUBLIC_URL, demonstrationKey(SECRET));
  site = await service.site();
  await service.reports(site, { url: 'https://cdn.example.ma/1.jpg', id: 'photo-1' }, 5);
});
afterAll(() => service.close());

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

const told = (url: string, headers: Record<string, string> = {}, method: Method = 'GET'): Promise<Told> =>
  service.app.inject({ method, url, headers: { ...HOST, ...headers } });

/** A policy by directive; those that fall back to default-src have what it says. */
function policyOf(headers: Told['headers']): (directive: string) => string | undefined {
  const directives = new Map(
    String(headers['content-security-policy'])
      .split('; ')
      .map((directive) => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values.join(' ')] as const;
      }),
  );
  return (name) =>
    directives.get(name) ?? (name.endsWith('-src') ? directives.get('default-src') : undefined);
}

/** What is wrong with the headers of an answer, whatever it answers. */
function faults({ headers }: Pick<Told, 'headers'>): string[] {
  const policy = policyOf(headers);
  const found: string[] = [];
  const must = (holds: boolean, fault: string): void => void (holds || found.push(fault));
  must(headers['x-content-type-options'] === 'nosniff', 'no nosniff');
  must(
    /^(no-referrer|strict-origin-when-cross-origin)$/.test(String(headers['referrer-policy'])),
    'Referrer-Policy',
  );
  must(/^(same-origin|cross-origin)$/.test(String(headers['cross-origin-resource-policy'])), 'CORP');
  must(headers['cache-control'] !== undefined, 'no Cache-Control');
  must(headers['x-powered-by'] === undefined && headers['server'] === undefined, 'tells what answers');
  must(policy('default-src') === "'none'", 'default-src');
  for (const closed of ['object-src', 'base-uri', 'form-action', 'frame-ancestors'])
    must(policy(closed) === "'none'", closed);
  const all = String(headers['content-security-policy']);
  must(!/unsafe-inline|unsafe-eval|\*|https?:/.test(all), 'lets inline, evaluated or foreign code in');
  return found;
}

it('says to whoever asks without a key, at every route, what an answer must not be taken for', async () => {
  const routes = routesOf(service.app);
  expect(routes.length).toBeGreaterThan(150);
  for (const { method, pattern } of routes) {
    const url = pattern.replace(/:\w+|\*/g, 'x');
    const answer = await told(url, {}, method as Method);
    expect([method, pattern, faults(answer)]).toEqual([method, pattern, []]);
    // Only these are meant for the pages of others.
    const isForOthers = answer.headers['cross-origin-resource-policy'] === 'cross-origin';
    expect([pattern, isForOthers]).toEqual([pattern, /^\/widget\.js$/.test(pattern)]);
    if (pattern.startsWith('/v1/'))
      expect([pattern, answer.headers['cache-control']]).toEqual([pattern, 'no-store']);
  }
});

describe('whatever is answered', () => {
  const secret = () => ({ authorization: `Bearer ${site.secretKey}` });
  const publishable = () => ({ authorization: `Bearer ${site.publishableKey}`, origin: site.origin });
  const state = '/v1/images/state?id=photo-1';

  it.each<[string, number, () => Promise<Told>]>([
    ['a state', 200, () => told(state, secret())],
    ['a state to a reader’s page', 200, () => told(state, publishable())],
    ['reasons', 200, () => told('/v1/reasons', publishable())],
    ['a preflight', 204, () => told('/v1/reports', { origin: site.origin }, 'OPTIONS')],
    ['the block list', 200, () => told('/v1/blocklist', secret())],
    ['changes', 200, () => told('/v1/changes', secret())],
    ['only the head', 200, () => told(state, secret(), 'HEAD')],
    ['an unknown page', 404, () => told('/nothing/here')],
    ['the wrong method', 405, () => told('/v1/blocklist', secret(), 'PUT')],
    ['an unknown key', 401, () => told(state, { authorization: `Bearer vg_sec_${'x'.repeat(36)}` })],
    ['an address that can not be decoded', 400, () => told('/v1/cases/%E0%A4%A')],
    ['an address without end', 414, () => told(`/v1/cases/${'a'.repeat(600)}`)],
    ['the API’s description', 200, () => told('/v1/openapi.json')],
    ['the widget', 200, () => told('/widget.js')],
    ['the widget’s hash', 200, () => told('/widget.json')],
    ['a picture', 200, () => told(`/demo/pictures/${PICTURES[0]?.number ?? 0}.webp`)],
    ['an icon', 200, () => told('/demo/icon.svg')],
    ['a style sheet of Swagger', 200, () => told('/docs/swagger-ui.css')],
    ['that it lives', 200, () => told('/health/live')],
  ])('%s', async (_what, status, ask) => {
    const answer = await ask();
    expect([answer.statusCode, faults(answer)]).toEqual([status, []]);
  });

  it('not changed', async () => {
    const first = await told(state, secret());
    const again = await told(state, { ...secret(), 'if-none-match': String(first.headers['etag']) });
    expect([again.statusCode, faults(again)]).toEqual([304, []]);
  });

  it('a process that stops', async () => {
    const other = await service.beside({ ROLE: 'api' });
    const adapter = other.app.getHttpAdapter() as unknown as { stopping: boolean };
    adapter.stopping = true;
    const answer = await other.app.inject('/v1/cases');
    expect([answer.statusCode, faults(answer)]).toEqual([503, []]);
    await other.close();
  });

  it('to somebody signed in, it is kept by nothing', async () => {
    const lead = await SignedIn.as(service, 'amina@example.ma', 'lead', site);
    for (const url of [
      '/v1/session',
      '/v1/cases',
      '/v1/images',
      '/v1/stats',
      '/v1/sites/example/members',
      '/v1/sessions',
    ]) {
      const answer = await lead.ask('GET', url);
      expect([url, answer.status, answer.headers['cache-control'], faults(answer)]).toEqual([
        url,
        200,
        'no-store',
        [],
      ]);
    }
  });
});

describe('every page', () => {
  it.each([
    '/console',
    '/console/review',
    '/docs',
    '/docs/',
    '/docs/index.html',
    '/demo',
    PICTURES[0]?.pagePath ?? '',
  ])('%s is framed by nobody, opened by nobody, and asks for no camera', async (url) => {
    const { statusCode, headers, body } = await told(url);
    expect([statusCode, headers['content-type']]).toEqual([
      200,
      expect.stringMatching(/^text\/html/) as string,
    ]);
    expect(faults({ headers })).toEqual([]);
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()') as string,
    });
    const policy = policyOf(headers);
    expect([policy('script-src'), policy('connect-src')]).toEqual(["'self'", "'self'"]);
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|javascript:/);
  });

  it('of the console takes no markup from scripts (Trusted Types)', async () => {
    const policy = policyOf((await told('/console/review')).headers);
    expect([policy('require-trusted-types-for'), policy('trusted-types')]).toEqual(["'script'", "'none'"]);
  });
});

it('is all of Swagger’s package that is served', async () => {
  const status = async (name: string) => (await told(`/docs/${name}`)).statusCode;
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-init.js', 'favicon-32x32.png'])
    expect([name, await status(name)]).toEqual([name, 200]);
  for (const name of [
    'package.json',
    'README.md',
    'absolute-path.js',
    'oauth2-redirect.html',
    'swagger-ui.js.map',
  ])
    expect([name, await status(name)]).toEqual([name, 404]);
});

it('holds for what is not HTTP, too', async () => {
  await service.app.listen(0, '127.0.0.1');
  const { port } = service.app.getHttpServer().address() as { port: number };
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
    socket.on('data', (part) => (text += part.toString())).on('close', () => resolve(text));
  });
  const lines = answer.split('\r\n\r\n', 1)[0]?.split('\r\n').slice(1) ?? [];
  const headers = Object.fromEntries(
    lines.map((line) => line.toLowerCase().split(/: (.*)/) as [string, string]),
  );
  expect(faults({ headers })).toEqual([]);
});

it('tells browsers to keep to https where Vigie is reached by it, and only there', async () => {
  const overHttps = await service.beside({ ROLE: 'api', PUBLIC_URL: 'https://vigie.example' });
  for (const url of ['/v1/cases', '/console', '/docs', '/widget.js', '/nothing'])
    expect((await overHttps.app.inject(url)).headers['strict-transport-security']).toBe('max-age=31536000');
  await overHttps.close();
  expect((await told('/console')).headers['strict-transport-security']).toBeUndefined();
});
