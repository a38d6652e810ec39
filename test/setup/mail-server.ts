import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { until } from './until.js';

/** A letter as the server got it. */
export interface ReceivedLetter {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came: headers, an empty line, and the body in its encoding. */
  readonly source: string;
  /** The body, decoded. */
  readonly text: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** What the server answers to a command in the place of "250 OK"; undefined: as usual. */
export type Refusal = (command: string) => string | undefined;

/** A small SMTP server (RFC 5321), for tests: it takes every letter, unless it is told to refuse. */
export class MailServer {
  readonly letters: ReceivedLetter[] = [];
  refuse: Refusal = () => undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<MailServer> {
    const server = createServer();
    const mail = new MailServer(server);
    server.on('connection', (socket) => mail.serve(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return mail;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The letters, once there are so many. */
  async got(count: number): Promise<readonly ReceivedLetter[]> {
    await until(
      () => this.letters.length >= count,
      () => `${count} letters; there are ${this.letters.length}`,
    );
    return this.letters;
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => undefined);
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    let waiting = '';
    let envelope: { from: string; to: string[] } = { from: '', to: [] };
    let source: string | null = null;
    const take = (line: string): void => {
      if (source !== null) {
        if (line !== '.') {
          source += `${line.replace(/^\./, '')}\r\n`;
          return;
        }
        this.letters.push({ ...envelope, ...readLetter(source) });
        source = null;
        return say('250 Taken');
      }
      const refusal = this.refuse(line);
      if (refusal !== undefined) return say(refusal);
      const [, address = ''] = /<(.*?)>/.exec(line) ?? [];
      if (/^MAIL/i.test(line)) envelope = { from: address, to: [] };
      if (/^RCPT/i.test(line)) envelope.to.push(address);
      if (/^DATA/i.test(line)) {
        source = '';
        return say('354 Go on');
      }
      say(/^QUIT/i.test(line) ? '221 Bye' : '250 OK');
    };
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (waiting + text).split('\r\n');
      waiting = lines.pop() ?? '';
      lines.forEach(take);
    });
    say('220 mail.test');
  }
}

function readLetter(source: string): Pick<ReceivedLetter, 'source' | 'text' | 'headers'> {
  const [head = '', ...body] = source.split('\r\n\r\n');
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(
    unfolded.map((line): [string, string] => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()];
    }),
  );
  return { source, headers, text: decode(body.join('\r\n\r\n'), headers.get('content-transfer-encoding')) };
}

function decode(body: string, encoding = '7bit'): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
