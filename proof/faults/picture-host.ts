import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { Seeded } from '../../test/setup/seeded.js';

/** Last number of the first one's address; the next is beside it, since the service counts what it asks of a host. */
const FIRST_HOST = 31;
/** Milliseconds that an answer takes at most: fetches are long enough to be hit. */
const SLOWEST = 1_200;
/** Sides of what is drawn, in pixels: of its colours, and of the picture. */
const [COARSE, FINE] = [12, 192];

/** A web server with pictures: at `/site/drawing-number.png` whatever has the name `site/drawing`. */
export class PictureHost {
  private readonly drawn = new Map<string, Promise<Buffer>>();
  private readonly seeded = new Seeded(1);

  private constructor(
    private readonly server: Server,
    private readonly host: string,
  ) {
    server.on('request', (request, response) => {
      const [, name = ''] = /^\/(.*)-\d+\.png$/.exec(request.url ?? '') ?? [];
      const picture = this.drawn.get(name) ?? drawPicture(name);
      this.drawn.set(name, picture);
      const delay = this.seeded.below(SLOWEST);
      void picture.then((bytes) => setTimeout(() => response.end(bytes), delay));
    });
  }

  /** @param number from 0: each is a host of its own */
  static async open(number: number): Promise<PictureHost> {
    const server = createServer();
    const host = `127.0.0.${FIRST_HOST + number}`;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
    return new PictureHost(server, host);
  }

  get url(): string {
    return `http://${this.host}:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

/** Blurred spots, as different as photographs are: of one name always the same bytes. */
export function drawPicture(name: string): Promise<Buffer> {
  const seeded = new Seeded([...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7));
  const spots = Buffer.from(Array.from({ length: 3 * COARSE * COARSE }, () => seeded.below(256)));
  return sharp(spots, { raw: { width: COARSE, height: COARSE, channels: 3 } })
    .resize(FINE, FINE, { kernel: 'cubic' })
    .png()
    .toBuffer();
}
