import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { projectRoot } from '../../src/config/project-root.js';

/**
 * Keeps what every service of a run logs, and every secret that it is asked with or hands out, in files that Jest's teardown
 * compares (`findLeaks`). Without the folder, as in a bench, nothing is kept.
 */

/** Names the folder: the environment is all that Jest hands to test files. */
const LOGS_FOLDER = 'VIGIE_TEST_LOGS';

/** A value that no log may hold, and what it is. */
export interface NotedSecret {
  readonly kind: string;
  readonly value: string;
}

/** What says by itself what it is, wherever it stands. */
const TELLING: readonly [RegExp, string][] = [
  [/\bvg_(?:pub|sec)_\w+/g, 'key of a site'],
  [/\bvg_stf_\w+/g, 'token of staff'],
  [/\bvg_lnk_[\w-]+/g, 'one-time link'],
  [/\bdev_[\w-]{20,}/g, 'device token'],
  [/\brcp_[\w-]{20,}/g, 'receipt'],
  [/\bsnp_[\w-]{20,}/g, 'address of a snapshot'],
  [/\bwhsec_[\w+/=-]+/g, 'secret of a webhook'],
  [/\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g, 'token of a reader'],
];

const WORDS = 'words of somebody';
/** A word alone stands in any text by chance. */
const SEVERAL_WORDS = /\S\s+\S/;

const ACCOUNT = 'account of a reader';
/** So does an account that is one: tests name readers "violence" and "somebody". */
const PLAIN_WORD = /^[a-z]+$/i;

const CODE_KIND = 'code of a second factor';
const CODE = /^\d{6}$/;

/** Fields whose values are secret, or somebody's, in whatever body. */
const FIELDS: Readonly<Record<string, string>> = {
  password: 'password',
  current: 'password',
  csrfToken: 'token against forgery',
  secret: 'secret',
  readerSigningSecret: 'reader signing secret',
  code: CODE_KIND,
  recoveryCode: 'recovery code',
  recoveryCodes: 'recovery code',
  email: 'e-mail address',
  account: ACCOUNT,
  address: 'address of a reader',
  note: WORDS,
  proof: 'solved challenge',
};

/** Shorter ones stand in any text by chance. */
const SHORTEST = 8;

const known = new Set<string>();

/** Keeps a secret in mind for the end of the run. */
export function noteSecret(kind: string, value: string): void {
  const isCode = kind === CODE_KIND && CODE.test(value);
  if ((value.length < SHORTEST && !isCode) || known.has(value)) return;
  if (kind === WORDS && !SEVERAL_WORDS.test(value)) return;
  if (kind === ACCOUNT && PLAIN_WORD.test(value)) return;
  known.add(value);
  keep('secrets', `${JSON.stringify({ kind, value } satisfies NotedSecret)}\n`);
}

/** Every secret in a text that says by itself what it is. */
export function noteText(text: string): void {
  for (const [pattern, kind] of TELLING)
    for (const [value] of text.matchAll(pattern)) noteSecret(kind, value);
}

/** Every secret in a body, however deep: tests send what no stack would hold. */
export function noteBody(body: unknown): void {
  const left: { readonly part: unknown; readonly kind?: string | undefined }[] = [{ part: body }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { part, kind } = next;
    if (typeof part === 'string') {
      if (kind !== undefined) noteSecret(kind, part);
      noteText(part);
    } else if (Array.isArray(part)) for (const element of part) left.push({ part: element, kind });
    else if (typeof part === 'object' && part !== null && !Buffer.isBuffer(part))
      for (const [name, value] of Object.entries(part)) left.push({ part: value, kind: FIELDS[name] });
  }
}

/** Settings that are secret, and passwords in addresses of servers. */
export function noteEnvironment(env: NodeJS.ProcessEnv): void {
  noteSecret('VIGIE_SECRET', env['VIGIE_SECRET'] ?? '');
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL']) {
    const url = env[name] ?? '';
    if (URL.canParse(url)) noteSecret(`password in ${name}`, decodeURIComponent(new URL(url).password));
  }
}

/** What was logged. */
export const noteLog = (text: string): void => keep('log', text.endsWith('\n') ? text : `${text}\n`);

/** Where a service of the tests logs to. */
export const LOG_DESTINATION = { write: noteLog };

/** For each test file: looks at what every Fastify that it makes is asked and answers. Returns how to stop. */
export function watchRequests(): () => void {
  const watch = (message: unknown): void => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('preHandler', (request, _reply, done) => {
      noteRequest(request);
      done();
    });
    fastify.addHook('onSend', (_request, reply, payload, done) => {
      noteAnswer(reply, payload);
      done();
    });
  };
  subscribe('fastify.initialization', watch);
  return () => void unsubscribe('fastify.initialization', watch);
}

function noteRequest({ headers, url, body, ip }: FastifyRequest): void {
  noteText(url);
  noteSecret('token of somebody', headers.authorization?.replace(/^Bearer /, '') ?? '');
  noteCookies(headers.cookie ?? '');
  const { 'x-vigie-csrf': csrf, 'x-forwarded-for': forwarded } = headers;
  if (typeof csrf === 'string') noteSecret('token against forgery', csrf);
  for (const address of [ip, ...String(forwarded ?? '').split(',')])
    if (!/^(127\.|::1|::ffff:127\.)/.test(address.trim())) noteSecret('address of a reader', address.trim());
  noteBody(body);
}

function noteAnswer(reply: FastifyReply, payload: unknown): void {
  for (const cookie of [reply.getHeader('set-cookie') ?? []].flat())
    noteCookies(String(cookie).split(';')[0] ?? '');
  if (typeof payload !== 'string') return;
  if (String(reply.getHeader('content-type')).startsWith('application/json') && /^[{[]/.test(payload))
    noteBody(JSON.parse(payload));
}

function noteCookies(cookies: string): void {
  for (const [, value = ''] of cookies.matchAll(/=([\w-]+)/g)) noteSecret('cookie of a session', value);
}

function keep(what: 'log' | 'secrets', text: string): void {
  const folder = process.env[LOGS_FOLDER];
  if (folder === undefined) return;
  const { expect: jest } = globalThis as { expect?: { getState(): { testPath?: string } } };
  const file = path.relative(projectRoot(), jest?.getState().testPath ?? 'no-test');
  // One for each process, so that none writes into the line of another.
  appendFileSync(path.join(folder, `${file.replaceAll(path.sep, '+')}.${what}`), text);
}
