import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** The message `BackendKeyData` of Postgres' protocol: its letter, and its length of twelve. */
const KEY_DATA = Buffer.from([0x4b, 0, 0, 0, 12]);
/** More than any backend has. */
const ANOTHER_NUMBER = 0x7fff_0001;

/** A TCP proxy before Postgres that tells each connection another number than its backend has, as PgBouncer does. */
export class Renumbering {
  private constructor(private readonly server: Server) {}

  static async before(port: number): Promise<Renumbering> {
    const server = createServer((client) => {
      const upstream = connect(port, '127.0.0.1');
      client.pipe(upstream).pipe(new OtherNumber()).pipe(client);
      client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Renumbering(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** It comes in one piece with what else the server says of a new connection. */
class OtherNumber extends Transform {
  private told = false;

  override _transform(piece: Buffer, _: BufferEncoding, pass: TransformCallback): void {
    const at = this.told ? -1 : piece.indexOf(KEY_DATA);
    if (at >= 0) piece.writeInt32BE(ANOTHER_NUMBER, at + KEY_DATA.length);
    this.told ||= at >= 0;
    pass(null, piece);
  }
}
