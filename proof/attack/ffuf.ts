import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Bounds, left, type Outcome, runTool } from './run-tool.js';
import type { Target } from './target.js';

/** What nobody should be able to load, wherever it is asked for. */
const HIDDEN = [
  '.env .git/config .git/HEAD .npmrc .dockerignore .ci/run package.json package-lock.json node_modules/.package-lock.json',
  'Dockerfile docker-compose.yml tsconfig.json config/default.yaml secret data/secret postgres/data/PG_VERSION backup.sql',
  'dump.sql db.sqlite installation snapshots metrics debug admin server-status actuator/env swagger.json graphql wp-login.php',
  'phpinfo.php .htaccess .DS_Store web.config crossdomain.xml main.js main.js.map dist/src/main.js src/main.ts id_rsa',
  '.well-known/security.txt index.php cgi-bin/test console.html assets/ widget.js.map demo.js.map ../package.json',
]
  .join(' ')
  .split(' ');

/** Ways out of a folder, as servers were found to take them. */
const STEPS = [
  ...[
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '..%252f',
    '%252e%252e%252f',
    '..%5c',
    '..\\',
    '%c0%ae%c0%ae/',
    '..;/',
  ],
  ...[
    '....//',
    '.%2e/',
    '%2e./',
    '..%00/',
    '..%c0%af',
    '%uff0e%uff0e/',
    '..%ef%bc%8f',
    '/..%2f',
    '//../',
    '%2f..%2f',
  ],
];
const WANTED = ['etc/passwd', 'package.json', 'config/default.yaml', 'dist/src/main.js', 'secret'];

/** Folders that files are served from. */
const FOLDERS = [
  '',
  'console/',
  'console/assets/',
  'docs/',
  'demo/',
  'demo/pictures/',
  'demo/uploads/2026/11/',
  'widget/x/',
  'v1/snapshots/',
];

/** Whatever answers with one of these has given away a file. */
const GIVEN_AWAY =
  'root:[^:]*:0:0:|"allowScripts"|VIGIE_SECRET|\\[core\\]|ref: refs/heads|createApp\\(|PG_VERSION';

const HOSTS = [
  'localhost',
  'evil.example',
  'evil.example:80',
  '127.0.0.1@evil.example',
  '127.0.0.1:99999',
  '[::1]',
  'a'.repeat(300),
  '127.0.0.1/../evil',
  '127.0.0.1"><script>alert(1)</script>',
  '${7*7}',
  '%0d%0aX-Set: 1',
];

const METHODS =
  'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND MKCOL MOVE COPY LOCK SEARCH PURGE DEBUG TRACK QUERY'.split(
    ' ',
  );

/** A run of ffuf: a name, words to put in where FUZZ stands, and how to ask. */
interface Run {
  readonly name: string;
  readonly words: readonly string[];
  readonly ask: readonly string[];
  /** Which answers are findings. */
  readonly match: readonly string[];
}

/** Looks for files that should not be there, ways out of folders, methods that do what they should not, and Hosts that are believed. */
export async function attackWithFfuf(target: Target, bounds: Bounds): Promise<Outcome> {
  const runs = runsAgainst(target.origin);
  const findings: string[] = [];
  let tried = 0;
  for (const { name, words, ask, match } of runs) {
    if (performance.now() > bounds.deadline) break;
    const list = path.join(bounds.folder, `${name}.words`);
    const report = path.join(bounds.folder, `${name}.json`);
    writeFileSync(list, words.join('\n'));
    const { wasInTime } = await runTool(
      'ffuf',
      [...ask, '-w', list, ...match, '-t', '4', '-timeout', '20', '-s', '-of', 'json', '-o', report],
      path.join(bounds.folder, `${name}.txt`),
      left(bounds),
    );
    tried += words.length;
    const { results } = JSON.parse(readFileSync(report, 'utf8')) as { results: readonly FfufResult[] };
    findings.push(
      ...results.map(({ status, input }) => `${name}: ${status} for ${JSON.stringify(input['FUZZ'])}`),
    );
    if (!wasInTime) findings.push(`${name}: ffuf did not end in time`);
  }
  return { tried: `${tried} addresses, methods and hosts`, findings };
}

/** An answer that matched. */
interface FfufResult {
  readonly status: number;
  readonly input: Readonly<Record<string, string>>;
}

function runsAgainst(origin: string): Run[] {
  const broken = ['-mc', '500-599'];
  const depths = [1, 2, 4, 8];
  const traversals = STEPS.flatMap((step) =>
    depths.flatMap((n) => WANTED.map((file) => `${step.repeat(n)}${file}`)),
  );
  const hidden = FOLDERS.flatMap((folder) => HIDDEN.map((file) => `${folder}${file}`));
  const outOf = FOLDERS.flatMap((folder) => traversals.map((way) => `${folder}${way}`));
  const paths = [
    '/v1/reports',
    '/v1/images/state',
    '/v1/cases',
    '/console',
    '/docs',
    '/demo',
    '/widget.js',
    '/',
  ];
  return [
    // The console's page answers at all its addresses; nothing else does for a file that is not there.
    {
      name: 'hidden-files',
      words: hidden.filter((file) => !/^console\/(?!assets)/.test(file)),
      ask: ['-u', `${origin}/FUZZ`],
      match: ['-mc', '200-299,500-599'],
    },
    {
      name: 'given-away',
      words: [...hidden, ...outOf],
      ask: ['-u', `${origin}/FUZZ`],
      match: ['-mr', GIVEN_AWAY],
    },
    { name: 'broken', words: outOf, ask: ['-u', `${origin}/FUZZ`], match: broken },
    ...paths.map((at, index) => ({
      name: `methods-${index}`,
      words: METHODS,
      ask: ['-u', `${origin}${at}`, '-X', 'FUZZ'],
      match: broken,
    })),
    {
      name: 'host-taken-over',
      words: HOSTS,
      ask: ['-u', `${origin}/demo`, '-H', 'Host: FUZZ'],
      match: ['-mr', 'evil\\.example|<script>alert|X-Set'],
    },
    {
      name: 'host-broken',
      words: HOSTS,
      ask: ['-u', `${origin}/console`, '-H', 'Host: FUZZ'],
      match: broken,
    },
    {
      name: 'cookie-by-host',
      words: HOSTS,
      ask: ['-u', `${origin}/v1/session`, '-H', 'Host: FUZZ', '-H', `Origin: http://evil.example`],
      match: ['-mc', '200-299,500-599'],
    },
  ];
}
