import { connect } from 'node:net';

/** Milliseconds in which a connection must have been answered or closed. */
const PATIENCE = 10_000;

/** What is no HTTP, or of a kind that no client sends. */
export const RAW_CASES: readonly (readonly [name: string, bytes: string])[] = [
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['a line of NULs', '\0\0\0\0\r\n\r\n'],
  ['an unknown method', 'BREW /v1/cases HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['a method in small letters', 'get /v1/cases HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['no host', 'GET /v1/cases HTTP/1.1\r\n\r\n'],
  ['two hosts', 'GET /v1/cases HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n'],
  ['a version that there is not', 'GET /v1/cases HTTP/9.9\r\nhost: x\r\n\r\n'],
  ['an address with a space', 'GET /v1/ca ses HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['an address with bytes', 'GET /v1/\u00ff\u00fe HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['an absolute address', 'GET http://evil.example/v1/cases HTTP/1.1\r\nhost: x\r\n\r\n'],
  ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example:443\r\n\r\n'],
  ['headers that are too long', `GET /v1/cases HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(70_000)}\r\n\r\n`],
  ['too many headers', `GET /v1/cases HTTP/1.1\r\nhost: x\r\n${'x: y\r\n'.repeat(5_000)}\r\n`],
  ['a header without a name', 'GET /v1/cases HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n'],
  ['a header with NUL', 'GET /v1/cases HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n'],
  ['a header that goes on in the next line', 'GET /v1/cases HTTP/1.1\r\nhost: x\r\nx: a\r\n b\r\n\r\n'],
  [
    'lengths that differ',
    'POST /v1/reports HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}',
  ],
  ['a length that is none', 'POST /v1/reports HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
  [
    'a length and chunks',
    'POST /v1/reports HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  [
    'chunks of no size',
    'POST /v1/reports HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
  ],
  ['an unknown transfer', 'POST /v1/reports HTTP/1.1\r\nhost: x\r\ntransfer-encoding: x\r\n\r\n'],
  [
    'an upgrade',
    'GET /v1/cases HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: x\r\n\r\n',
  ],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['the beginning of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
  ['two requests of which one is hidden', 'GET /health/live HTTP/1.1\r\nhost: x\r\n\r\nBROKEN\r\n\r\n'],
];

/**
 * What comes back on a connection of its own until it is closed, in Latin-1.
 * @throws Error when neither a byte came nor the connection was closed in time
 */
export function sendRaw(bytes: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(bytes, 'latin1')));
    const timer = setTimeout(() => {
      socket.destroy();
      if (got === '') reject(new Error('it was neither answered nor closed'));
      else resolve(got);
    }, PATIENCE);
    socket.on('data', (part: Buffer) => {
      got += part.toString('latin1');
      // What goes on living is closed by us, once it has answered.
      if (got.includes('\r\n\r\n')) setTimeout(() => socket.end(), 50).unref();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(got);
    });
  });
}

/** What is wrong about the last of the answers on a connection: a refusal is a problem there, too. */
export function wrongRaw(got: string): string[] {
  const last = got.lastIndexOf('HTTP/1.1 ');
  // Closed without a word: allowed where nothing could be read.
  if (last < 0) return [];
  const [head = '', body = ''] = got.slice(last).split('\r\n\r\n', 2);
  const status = Number(head.slice(9, 12));
  if (status >= 500 && status !== 503) return [`it answered ${status}`];
  if (status < 400) return [];
  const wrong: string[] = [];
  if (!/^content-type: application\/problem\+json/im.test(head)) wrong.push('its refusal is no problem+json');
  if (!/^x-request-id: \S+/im.test(head)) wrong.push('it has no X-Request-Id');
  if (/^transfer-encoding: chunked/im.test(head) || body === '') return wrong;
  try {
    const problem = JSON.parse(Buffer.from(body, 'latin1').toString('utf8')) as { status?: unknown };
    if (problem.status !== status) wrong.push(`its problem says status ${String(problem.status)}`);
  } catch {
    wrong.push('its body is no JSON');
  }
  return wrong;
}
