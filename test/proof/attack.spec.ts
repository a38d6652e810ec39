import { doorsOf, type Description } from '../../proof/attack/doors.js';
import { judge, readSlow } from '../../proof/attack/slowhttptest.js';
import { readSqlmap } from '../../proof/attack/sqlmap.js';
import { cutModules, isWapitiItself, readWapiti } from '../../proof/attack/wapiti.js';
import { Service } from '../setup/service.js';

/** What is attacked, and what of the tools' reports is a finding. The tools themselves are run by `npm run attack`. */

describe('the doors', () => {
  let document: Description;

  beforeAll(async () => {
    const service = await Service.open({ ROLE: 'api' });
    document = (await service.ask<Description & Record<string, unknown>>('GET', '/v1/openapi.json')).body;
    await service.close();
  });

  it('are every request that takes a value, in the document’s own words', () => {
    const doors = doorsOf(document, { cases: 'cas_1' });
    const taking = Object.entries(document.paths).flatMap(([route, methods]) =>
      Object.entries(methods)
        .filter(([, { parameters = [], requestBody }]) => {
          const places = parameters.filter((parameter) => ['path', 'query'].includes(parameter.in));
          return (places.length > 0 || requestBody !== undefined) && !route.endsWith('/stream');
        })
        .map(([method]) => `${method.toUpperCase()} ${route}`),
    );
    const named = [...new Set(doors.map(({ method, route }) => `${method} ${route}`))];
    expect(named.sort()).toEqual(taking.sort());
    expect(doors.find(({ route }) => route === '/v1/cases/{id}')?.path).toBe('/v1/cases/cas_1*');
    const report = doors.find(({ route }) => route === '/v1/reports');
    expect(JSON.parse(report?.body ?? '')).toMatchObject({ image: {}, reason: expect.any(String) as string });
  });

  it('are tried as everybody who may come, other routes first', () => {
    const callers = doorsOf(document).map(({ caller }) => caller);
    expect(new Set(callers)).toEqual(
      new Set(['publishableKey', 'secretKey', 'staffToken', 'session', 'nobody']),
    );
  });
});

describe('a finding', () => {
  it('of sqlmap is a way in, a hint of one, an error of ours, and what it could not try', () => {
    const clean =
      '[12:00:00] [CRITICAL] all tested parameters do not appear to be injectable. Try\n422 (Unprocessable Entity) - 9 times\n';
    expect(readSqlmap(clean)).toEqual([]);
    expect(readSqlmap(`${clean}500 (Internal Server Error) - 3 times\n`)).toEqual(['3 answers with 500']);
    expect(
      readSqlmap(
        'sqlmap identified the following injection point(s):\n---\nParameter: id (GET)\n    Type: boolean-based blind\n',
      ),
    ).toEqual(['SQL injection in id (GET)']);
    expect(
      readSqlmap(
        "[INFO] heuristic (basic) test shows that GET parameter 'id' might be injectable (possible DBMS: 'PostgreSQL')\n",
      ),
    ).toHaveLength(1);
    expect(readSqlmap('[12:00:00] [CRITICAL] unable to connect to the target URL\n')).toEqual([
      'sqlmap could not try it: unable to connect to the target URL',
    ]);
  });

  it('of wapiti is what we do not knowingly accept', () => {
    const entry = (info: string) => ({ method: 'GET', path: '/demo', info });
    const { findings } = readWapiti({
      vulnerabilities: {
        'HTTP Secure Headers': [
          entry('X-XSS-Protection is not set'),
          entry('X-Content-Type-Options is not set'),
          entry('X-Frame-Options is not set'),
          { ...entry('X-Frame-Options is not set'), path: '/' },
        ],
      },
      anomalies: { 'Internal Server Error': [entry('The server responded with a 500')] },
      infos: {},
    });
    expect(findings).toEqual([
      'HTTP Secure Headers: GET /demo: X-Content-Type-Options is not set',
      'HTTP Secure Headers: GET /demo: X-Frame-Options is not set',
      'Internal Server Error: GET /demo: The server responded with a 500',
    ]);
  });

  it('of wapiti is told with the modules that had no time left', () => {
    const out =
      '[*] Launching module exec\nMax attack time was reached for module exec, stopping.\n[*] done\n';
    expect(cutModules(out)).toEqual(['exec']);
    expect(cutModules('[*] Launching module exec\n')).toEqual([]);
  });

  it('of wapiti is whatever arrives at the address of the attacker but its own question', () => {
    const own = ['GET /get_ssrf.php?id=a1b2c3', 'GET /get_xxe.php?id=zzzzzz'];
    expect(own.filter((request) => !isWapitiItself(request))).toEqual([]);
    const foreign = [
      'GET /ssrf/a1b2c3/4/75726c/',
      'GET /dtd/a1b2c3/4/75726c/linux2.dtd',
      'POST /get_ssrf.php?id=a1b2c3',
      'GET /get_ssrf.php',
      'GET /x?/get_ssrf.php?id=a1b2c3',
    ];
    expect(foreign.filter(isWapitiItself)).toEqual([]);
  });

  it('of slowhttptest is an honest caller who waits or fails, and an idle connection that is kept', () => {
    const csv = 'Seconds,Closed,Pending,Connected,Service Available\n0,0,10,90,1000\n1,0,0,100,1000\n';
    const ended = readSlow(`${csv}60,100,0,0,1000\n`);
    const kept = readSlow(`${csv}60,0,0,100,1000\n`);
    // Between its last second and the next all were ended.
    const endedAtOnce = readSlow(`${csv}14,0,0,100,1000\n`);
    const fine = { asked: 100, failed: 0, p50: 3, p99: 20 };
    const attack = { name: 'slow-headers', isEnded: true };
    expect(judge(attack, ended, fine, 10)).toEqual([]);
    expect(judge(attack, endedAtOnce, fine, 10)).toEqual([]);
    expect(judge(attack, kept, fine, 10)).toHaveLength(1);
    expect(judge({ name: 'slow-read', isEnded: false }, kept, fine, 10)).toEqual([]);
    expect(judge(attack, ended, { ...fine, failed: 1 }, 10)).toHaveLength(1);
    expect(judge(attack, ended, { ...fine, p99: 2_000 }, 10)).toHaveLength(1);
    expect(judge(attack, ended, { ...fine, p99: 2_000 }, 900)).toEqual([]);
    expect(judge(attack, readSlow(`${csv}60,100,0,0,0\n`), fine, 10)).toHaveLength(1);
  });
});
