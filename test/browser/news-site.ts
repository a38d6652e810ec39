import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Served {
  readonly type: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** A site's web server, on an origin of its own: the pages that a test gives it, and pictures. */
export class NewsSite {
  private readonly pages = new Map<string, Served>();

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async open(): Promise<NewsSite> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const site = new NewsSite(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => {
      const { type, body, headers } = site.find(request.url ?? '') ?? NOTHING;
      response.writeHead(type === '' ? 404 : 200, { 'content-type': type, ...headers }).end(body);
    });
    return site;
  }

  /** Serves a page from now on. */
  page(path: string, body: string, headers: Record<string, string> = {}): string {
    this.pages.set(path, { type: 'text/html; charset=utf-8', body, headers });
    return `${this.origin}${path}`;
  }

  photo(name: string): string {
    return `${this.origin}/photos/${name}.svg`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private find(address: string): Served | undefined {
    const { pathname } = new URL(address, this.origin);
    return this.pages.get(pathname) ?? (/^\/(photos|favicon)/.test(pathname) ? picture(pathname) : undefined);
  }
}

const NOTHING: Served = { type: '', body: '', headers: {} };

/** A landscape, of another colour for each name. */
function picture(name: string): Served {
  const hue = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 7, 0) % 360;
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320">
    <rect width="480" height="320" fill="hsl(${hue} 60% 70%)"/>
    <circle cx="360" cy="80" r="36" fill="hsl(50 90% 80%)"/>
    <path d="M0 320 140 130 230 240 330 150 480 320z" fill="hsl(${hue} 35% 35%)"/></svg>`;
  return { type: 'image/svg+xml', body, headers: { 'cache-control': 'max-age=60' } };
}
