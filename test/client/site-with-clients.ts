import type { AddressInfo } from 'node:net';
import { createClient, type VigieClient, type VigieClientError } from '../../src/client/index.js';
import { Service, type TestSite } from '../setup/service.js';

/**
 * A service that listens, a site of it, and clients of the library that follow it. In a spec:
 *
 *     room = await SiteWithClients.open();       // beforeAll; room.close() in afterAll
 *     client = await room.started();             // follows room.site
 *     await room.block({ id: 'photo' });
 *     expect(room.errors).toEqual([]);           // of all clients, since room.leave() in afterEach, which closes them
 */
export class SiteWithClients {
  readonly errors: VigieClientError[] = [];
  private readonly clients: VigieClient[] = [];

  private constructor(
    readonly service: Service,
    readonly baseUrl: string,
    /** Whom clients follow, and who blocks. */
    public site: TestSite,
  ) {}

  static async open(): Promise<SiteWithClients> {
    const service = await Service.open();
    await service.app.listen(0, '127.0.0.1');
    const { port } = service.app.getHttpServer().address() as AddressInfo;
    return new SiteWithClients(service, `http://127.0.0.1:${port}`, await service.site());
  }

  /** @param key of the site, unless the test is about another */
  async started(key = this.site.secretKey): Promise<VigieClient> {
    const client = createClient({
      baseUrl: this.baseUrl,
      key,
      onError: (error) => this.errors.push(error),
    });
    this.clients.push(client);
    await client.start();
    return client;
  }

  async block(image: object): Promise<void> {
    await this.service.ask('PUT', '/v1/images/block', this.site.secretKey, { image, reason: 'privacy' });
  }

  async unblock(image: { readonly url: string } | { readonly id: string }): Promise<void> {
    const query = new URLSearchParams(image).toString();
    await this.service.ask('DELETE', `/v1/images/block?${query}`, this.site.secretKey);
  }

  /** Closes all clients. */
  async leave(): Promise<void> {
    await Promise.all(this.clients.splice(0).map((client) => client.close()));
    this.errors.length = 0;
  }

  close(): Promise<void> {
    return this.service.close();
  }
}
