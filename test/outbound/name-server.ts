import { createSocket, type Socket } from 'node:dgram';

const HEADER = 12;
const TYPE_A = 1;
const TYPE_AAAA = 28;
const NO_SUCH_NAME = 3;

/** A name server that says what a test tells it to, and may say something else a moment later. */
export class NameServer {
  readonly asked: string[] = [];
  private readonly socket: Socket = createSocket('udp4');

  /**
   * @param addressesOf what a host's addresses are at this question (IPv4); undefined: silence
   * @param knowsIPv6 says that there are no such addresses; else says nothing to who asks for them, as some do
   */
  private constructor(
    private readonly addressesOf: (host: string) => readonly string[] | undefined,
    private readonly knowsIPv6: boolean,
  ) {
    this.socket.on('message', (question, { port, address }) => {
      const answer = this.answer(question);
      if (answer !== undefined) this.socket.send(answer, port, address);
    });
  }

  static async open(
    addressesOf: (host: string) => readonly string[] | undefined,
    knowsIPv6 = true,
  ): Promise<NameServer> {
    const server = new NameServer(addressesOf, knowsIPv6);
    await new Promise<void>((resolve) => server.socket.bind(0, '127.0.0.1', resolve));
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }

  /** RFC 1035, section 4, with one question. */
  private answer(question: Buffer): Buffer | undefined {
    let end = HEADER;
    const labels: string[] = [];
    for (let length = question[end] ?? 0; length > 0; length = question[end] ?? 0) {
      labels.push(question.subarray(end + 1, end + 1 + length).toString('latin1'));
      end += 1 + length;
    }
    const type = question.readUInt16BE(end + 1);
    const asked = question.subarray(HEADER, end + 5);
    const host = labels.join('.').toLowerCase();
    this.asked.push(`${type === TYPE_AAAA ? 'AAAA' : 'A'} ${host}`);
    const none = this.knowsIPv6 ? [] : undefined;
    const found = type === TYPE_AAAA ? none : this.addressesOf(host);
    if (found === undefined) return undefined;
    const addresses = type === TYPE_A ? found : [];
    const header = Buffer.alloc(HEADER);
    question.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180 | (found.length === 0 && type === TYPE_A ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    const records = addresses.map((address) =>
      Buffer.from([0xc0, HEADER, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]),
    );
    return Buffer.concat([header, asked, ...records]);
  }
}
