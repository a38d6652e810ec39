import sharp from 'sharp';
import type { RoleDesk } from '../../test/flows/role-targets.js';
import { HostileServer } from '../../test/images/hostile-server.js';
import { ServiceProcess } from '../../test/setup/process.js';
import { until } from '../../test/setup/until.js';

/** The first stays, the others are there to be deleted. */
const PICTURES = 12;

/** Longest side of each, in pixels. */
const SIZE = 64;

/**
 * Reported pictures of which there are copies. A worker fetches them once, before the run, from a server of this process: while
 * it lasts, nothing is fetched from the addresses that are made up.
 */
export class Pictures {
  private deleted = 0;

  private constructor(
    private readonly desk: RoleDesk,
    private readonly urls: readonly string[],
    private readonly lead: string,
    /** The token of a member of staff who may delete copies. */
    readonly counsel: string,
  ) {}

  /** @param service that is fuzzed @param env with which it was started @param admin tokens, as those of a lead of the site */
  static async take(
    desk: RoleDesk,
    service: ServiceProcess,
    env: NodeJS.ProcessEnv,
    { admin, lead }: { readonly admin: string; readonly lead: string },
  ): Promise<Pictures> {
    const server = await HostileServer.open();
    const paths = Array.from({ length: PICTURES }, (_, n) => `/${n}.png`);
    const drawn = await Promise.all(paths.map((_, n) => picture(n)));
    paths.forEach((path, n) => server.on(path, (response) => void response.end(drawn[n])));
    const urls = paths.map((path) => server.url(path));
    const { host } = new URL(server.url('/'));
    const pictures = new Pictures(desk, urls, lead, await desk.legal());
    try {
      const { imageHosts } = (await desk.service.ask('GET', '/v1/sites/here', admin)).body;
      const both = [...(imageHosts as string[]), host];
      await desk.service.ask('PATCH', '/v1/sites/here', admin, { imageHosts: both });
      for (const url of urls) {
        const report = { image: { url }, reason: 'violence', reporter: { account: 'who sees pictures' } };
        const { status, body } = await service.ask('POST', '/v1/reports', desk.here.secretKey, report);
        if (status !== 201) throw new Error(`A picture could not be reported: ${JSON.stringify(body)}`);
      }
      const worker = await ServiceProcess.start({ ...env, ROLE: 'worker', OUTBOUND_ALLOW: '127.0.0.0/8' });
      try {
        for (const url of urls)
          await until(
            async () => (await pictures.addressOf(url)) !== undefined,
            () => `a copy of ${url}; the worker said ${worker.err}`,
            60_000,
          );
      } finally {
        await worker.stop();
      }
      return pictures;
    } finally {
      await server.close();
    }
  }

  /** Where the copy is that nobody deletes: a path that is good for minutes. */
  shown(): Promise<string | undefined> {
    return this.addressOf(this.urls[0] ?? '');
  }

  /** Where another one is each time; undefined: all have been asked for. */
  toDelete(): Promise<string | undefined> {
    const url = this.urls[(this.deleted += 1)];
    return url === undefined ? Promise.resolve(undefined) : this.addressOf(url);
  }

  private async addressOf(url: string): Promise<string | undefined> {
    const query = new URLSearchParams({ site: 'here', url }).toString();
    const { body } = await this.desk.service.ask<{ snapshot?: { preview?: string | null } | null }>(
      'GET',
      `/v1/images?${query}`,
      this.lead,
    );
    const preview = body.snapshot?.preview;
    return typeof preview === 'string' ? new URL(preview).pathname : undefined;
  }
}

/** In a colour of its own. */
const picture = (n: number): Promise<Buffer> =>
  sharp({ create: { width: SIZE, height: SIZE, channels: 3, background: { r: 20 * n, g: 90, b: 160 } } })
    .png()
    .toBuffer();
