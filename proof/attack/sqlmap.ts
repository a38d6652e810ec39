import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Door, doorsOf } from './doors.js';
import { type Bounds, left, type Outcome, runTool } from './run-tool.js';
import type { CookieHeaders, Target } from './target.js';

/** sqlmap is Python, and one of them keeps half a core busy. */
const AT_ONCE = 2;

/** Milliseconds for one door at most. */
const PER_DOOR = 60_000;

const ARGUMENTS = [
  '--batch',
  '--ignore-stdin',
  '--flush-session',
  '--disable-coloring',
  '--dbms=PostgreSQL',
  '--level=1',
  '--risk=1',
  // Boolean, by errors, UNION, stacked. By time would find the same, for ten times as long.
  '--technique=BEUS',
  '--timeout=20',
  '--retries=1',
  '--ignore-code=400,401,403,404,409,410,415,422,429',
];

/** For who comes through a door after another: what answers an apostrophe otherwise than a letter is tried wholly, the rest is not. */
const AGAIN = ['--smart'];

/** Puts SQL into every value of every request that the API's own description has, as each caller that may send it. */
export async function attackWithSqlmap(target: Target, bounds: Bounds): Promise<Outcome> {
  const doors = doorsOf(await target.description(), await knownIds(target));
  const findings: string[] = [];
  let tried = 0;
  let cut = 0;
  // Before anybody is refused for the guesses of others: a session for all, and one for each door behind which it may end.
  const shared = await target.signIn();
  const waiting: { door: Door; index: number; cookie: CookieHeaders }[] = [];
  for (const [index, door] of doors.entries()) {
    const isOwn = door.caller === 'session' && /^\/v1\/(sessions?|staff)(\/|$)/.test(door.route);
    waiting.push({ door, index, cookie: isOwn ? await target.signIn() : shared });
  }
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (performance.now() > bounds.deadline) return;
      const name = `${String(next.index).padStart(3, '0')}-${next.door.caller}`;
      const request = path.join(bounds.folder, `${name}.request`);
      writeFileSync(request, requestText(target, next.door, next.cookie));
      const { out, wasInTime } = await runTool(
        'sqlmap',
        [
          '-r',
          request,
          ...ARGUMENTS,
          ...(next.door.isAgain ? AGAIN : []),
          `--output-dir=${path.join(bounds.folder, name)}`,
        ],
        path.join(bounds.folder, `${name}.txt`),
        Math.min(PER_DOOR, left(bounds)),
      );
      tried += 1;
      if (!wasInTime) cut += 1;
      const { method, route, caller } = next.door;
      findings.push(...readSqlmap(out).map((finding) => `${method} ${route} (${caller}): ${finding}`));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const rest = cut === 0 ? '' : `, ${cut} of them not to the end`;
  return { tried: `${tried} of ${doors.length} requests${rest}`, findings };
}

/** What sqlmap says that nobody wants to hear: a way in, an error of ours, or that it could not try. */
export function readSqlmap(out: string): string[] {
  const findings: string[] = [];
  for (const [, parameter] of out.matchAll(/^Parameter: (.+)$/gm))
    findings.push(`SQL injection in ${parameter}`);
  for (const [, hint] of out.matchAll(/heuristic \(basic\) test shows that (.+ might be injectable.*)$/gm))
    findings.push(`perhaps: ${hint}`);
  for (const [, status, times] of out.matchAll(/^(5\d\d) \(.*\) - (\d+) times$/gm))
    findings.push(`${times} answers with ${status}`);
  if (!/all tested (parameters|values) do not appear|^Parameter: /m.test(out) && findings.length === 0) {
    const said = /\[CRITICAL\] (.+)/.exec(out)?.[1];
    if (said !== undefined) findings.push(`sqlmap could not try it: ${said}`);
  }
  return [...new Set(findings)];
}

function requestText(
  target: Target,
  { method, path: where, caller, body }: Door,
  cookie: CookieHeaders,
): string {
  const lines = [`${method} ${where} HTTP/1.1`, `Host: ${new URL(target.origin).host}`];
  if (caller === 'session') {
    for (const [name, value] of Object.entries(cookie)) lines.push(`${name}: ${value}`);
  } else if (caller !== 'nobody') lines.push(`Authorization: Bearer ${target.keys[caller]}`);
  // A page of the demonstration is one of its site.
  if (caller === 'publishableKey') lines.push(`Origin: ${target.origin}`);
  if (body !== null) lines.push('Content-Type: application/json');
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

/** For `/v1/cases/{id}` one that is there: the id of the first that the list has. */
async function knownIds(target: Target): Promise<Record<string, string>> {
  const known: Record<string, string> = { sites: 'demo' };
  for (const noun of ['cases', 'images', 'staff', 'tokens', 'webhook-endpoints', 'mutes']) {
    const answer = await fetch(`${target.origin}/v1/${noun}?site=demo`, {
      headers: { authorization: `Bearer ${target.keys.staffToken}` },
    });
    const { items } = (await answer.json()) as { items?: readonly { id?: string }[] };
    const id = items?.[0]?.id;
    if (id !== undefined) known[noun] = id;
  }
  return known;
}
