import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Bounds, left, type Outcome, runTool } from './run-tool.js';
import type { Target } from './target.js';

/** All that need nothing from outside this machine: `nikto` and `wapp` load lists from the network. */
const MODULES = 'all,-nikto,-wapp,-brute_login_form';

/** Shares of the time: for the crawl, and for each of its twenty modules, of which most need less. */
const CRAWL = 0.1;
const EACH_MODULE = 0.03;

/** What wapiti asks when it is told to end: that it write its report. */
const REPORT = 'r\n';

/** What wapiti finds fault with, and why we leave it so. */
const ACCEPTED: readonly { readonly finding: RegExp; readonly because: string }[] = [
  { finding: /X-XSS-Protection/i, because: 'browsers have dropped the filter, which was a hole itself' },
  { finding: /Strict-Transport-Security/i, because: 'it is for https, and this service answers plain http' },
  // Its module for headers asks for nothing but the root (mod_http_headers.py); pages have it, see test/flows/answer-headers.spec.ts.
  { finding: /GET \/: X-Frame-Options/, because: 'there is no page but a 404 in JSON, with frame-ancestors' },
  { finding: /Secure flag is not set/i, because: 'the same: over https the cookie is __Host-vigie' },
];

/**
 * Wapiti's own question, at the end of its modules `ssrf` and `xxe`, for what arrived: `get_ssrf.php?id=` and six characters of its
 * session (`finish` in mod_ssrf.py and mod_xxe.py). What it tempts a service to ask for has other paths: `/ssrf/<session>/...`, and
 * those of its XXE payloads.
 */
export const isWapitiItself = (request: string): boolean =>
  /^GET \/get_(?:ssrf|xxe)\.php\?id=[0-9a-z]{6}$/.test(request);

/** Crawls the pages, the console as somebody who signed in, and the API by a reader's key, and tries what it knows on each. */
export async function attackWithWapiti(target: Target, bounds: Bounds): Promise<Outcome> {
  const asked: string[] = [];
  // Where requests that an attacker chose would arrive.
  const endpoint = createServer((request, response) => {
    const said = `${request.method} ${request.url}`;
    if (!isWapitiItself(said)) asked.push(said);
    response.end();
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const { port } = endpoint.address() as AddressInfo;
  const report = path.join(bounds.folder, 'report.json');
  const { Cookie: cookie } = await target.signIn();
  const picture = encodeURIComponent(`${target.origin}/demo/pictures/1.webp`);
  const starts = [
    '/demo',
    '/console',
    '/docs',
    '/widget.json',
    `/v1/images/state?url=${picture}&key=${target.keys.publishableKey}`,
    `/v1/reasons?locale=fr&key=${target.keys.publishableKey}`,
    '/v1/cases?site=demo&limit=5',
    '/v1/images?site=demo&state=open&limit=5',
    '/v1/stats?site=demo',
  ];
  const seconds = Math.floor(left(bounds) / 1_000);
  let out: string;
  try {
    ({ out } = await runTool(
      'wapiti',
      [
        ...['-u', `${target.origin}/`, '--scope', 'folder', '-m', MODULES],
        ...starts.flatMap((start) => ['-s', `${target.origin}${start}`]),
        ...['-H', `Cookie: ${cookie}`, '-t', '10', '-d', '5', '-v', '1'],
        ...['--max-scan-time', String(Math.ceil(seconds * CRAWL))],
        ...['--max-attack-time', String(Math.ceil(seconds * EACH_MODULE))],
        ...['-f', 'json', '-o', report, '--flush-session', '--no-bugreport'],
        ...['--store-session', path.join(bounds.folder, 'session')],
        ...['--store-config', path.join(bounds.folder, 'config')],
        ...['--endpoint', `http://127.0.0.1:${port}/`],
      ],
      path.join(bounds.folder, 'wapiti.txt'),
      left(bounds),
      REPORT,
    ));
  } finally {
    endpoint.close();
    endpoint.closeAllConnections();
  }
  writeFileSync(path.join(bounds.folder, 'asked-of-the-endpoint.txt'), asked.join('\n'));
  if (!existsSync(report))
    return { tried: 'not to the end', findings: ['wapiti wrote no report: give it more time'] };
  const { tried, findings } = readWapiti(JSON.parse(readFileSync(report, 'utf8')) as WapitiReport);
  const cut = cutModules(out);
  const rest = cut.length === 0 ? '' : `, ${cut.join(', ')} not to the end`;
  return {
    tried: `${tried === 0 ? 'what it crawled' : `${tried} pages`}${rest}`,
    findings: [
      ...findings,
      ...[...new Set(asked)].map((request) => `the service asked an address of the attacker's: ${request}`),
    ],
  };
}

/** Modules whose share of the time was too short. */
export const cutModules = (out: string): string[] =>
  [...out.matchAll(/^Max attack time was reached for module (\w+)/gm)].map(([, name = '']) => name);

interface Entry {
  readonly method: string;
  readonly path: string;
  readonly info: string;
}

/** The JSON report, as far as it is read. */
export interface WapitiReport {
  readonly vulnerabilities: Readonly<Record<string, readonly Entry[]>>;
  readonly anomalies: Readonly<Record<string, readonly Entry[]>>;
  readonly infos: { readonly crawled_pages_nbr?: number };
}

/** What wapiti found and we do not accept. */
export function readWapiti({ vulnerabilities, anomalies, infos }: WapitiReport): {
  readonly tried: number;
  readonly findings: string[];
} {
  const findings = [vulnerabilities, anomalies].flatMap((part) =>
    Object.entries(part).flatMap(([kind, entries]) =>
      entries.map(({ method, path: where, info }) => `${kind}: ${method} ${where}: ${info}`),
    ),
  );
  return {
    tried: infos.crawled_pages_nbr ?? 0,
    findings: [...new Set(findings)].filter((text) => !ACCEPTED.some(({ finding }) => finding.test(text))),
  };
}
