import { type Received, Receiver, verified } from '../../test/setup/receiver.js';
import type { Seeded } from '../../test/setup/seeded.js';
import { until } from '../../test/setup/until.js';
import type { Asker } from './asker.js';
import { SLUGS, type Site } from './sites.js';

/** What one message said, however often it came. */
interface Taken {
  readonly text: string;
  times: number;
}

/** A site's web server that takes its messages: most of the time well, and sometimes not. */
export class Hook {
  /** By message id: those that were answered 2xx. */
  readonly taken = new Map<string, Taken>();
  /** Sentences. */
  readonly violations: string[] = [];
  /** From now on it takes everything. */
  patient = false;

  private constructor(
    readonly site: Site,
    readonly endpoint: string,
    private readonly secret: string,
    private readonly receiver: Receiver,
    private readonly seeded: Seeded,
  ) {
    this.receiver.answers((response, request) => {
      const mood = this.patient ? 99 : this.seeded.below(100);
      if (mood < 3) return void response.destroy();
      if (mood < 9) return void response.writeHead(500).end('not today');
      const id = String(request.headers['webhook-id']);
      const received = this.receiver.received.findLast((one) => one.headers['webhook-id'] === id);
      if (received !== undefined) this.take(id, received);
      response.writeHead(204).end();
    });
  }

  /** Makes an endpoint for everything that a site may be told. */
  static async open(asker: Asker, site: Site, seeded: Seeded): Promise<Hook> {
    const receiver = await Receiver.open();
    const body = { url: receiver.url(), events: ['*'] };
    const key = site.secretKey;
    const answer = await asker.ask(0, site, { method: 'POST', address: '/v1/webhook-endpoints', key, body });
    if (answer.kind !== 'answer' || answer.status !== 201) throw new Error('no endpoint for webhooks');
    const { id, secret } = answer.body as { id: string; secret: string };
    return new Hook(site, id, secret, receiver, seeded);
  }

  /** Has everything that waits sent at once, until nothing does; `waiting` names the messages. */
  async deliverAll(asker: Asker, waiting: () => Promise<string[]>): Promise<void> {
    this.patient = true;
    let left = await waiting();
    const key = this.site.secretKey;
    for (const id of left) {
      const address = `/v1/webhook-endpoints/${this.endpoint}/messages/${id}/retry`;
      await asker.ask(0, this.site, { method: 'POST', address, key, body: {} });
    }
    await until(
      async () => (left = await waiting()).length === 0,
      () => `the delivery of ${left.length} messages to ${this.site.slug}, such as ${left[0]}`,
      60_000,
    );
    this.patient = false;
  }

  /** What a receiver believes that drops whatever is not above the version it has, by the image's name. */
  get folded(): Map<string, { readonly blocked: boolean; readonly version: number }> {
    const states = new Map<string, { blocked: boolean; version: number }>();
    for (const { text } of this.taken.values()) {
      const { type, data } = JSON.parse(text) as Message;
      if (data.image === undefined || !type.startsWith('image.')) continue;
      const { blocked = false, version = 0 } = data;
      const { url, id, addresses = [] } = data.image;
      for (const name of [
        id === undefined ? `url ${url}` : `id ${id}`,
        ...addresses.map((one) => `url ${one}`),
      ]) {
        if (version > (states.get(name)?.version ?? 0)) states.set(name, { blocked, version });
      }
    }
    return states;
  }

  private take(id: string, received: Received): void {
    const { text } = received;
    const known = this.taken.get(id) ?? { text, times: 0 };
    known.times += 1;
    this.taken.set(id, known);
    if (known.text !== text) this.violations.push(`I4: message ${id} came with other words: ${text}`);
    try {
      verified(received, this.secret);
    } catch (error) {
      this.violations.push(`a message to ${this.site.slug} is not signed: ${String(error)}: ${text}`);
    }
    const stranger = SLUGS.find((slug) => slug !== this.site.slug) ?? '';
    if (text.includes(stranger)) this.violations.push(`I9: ${this.site.slug} was sent ${text}`);
  }

  close(): Promise<void> {
    return this.receiver.close();
  }
}

interface Message {
  readonly type: string;
  readonly data: {
    readonly image?: { readonly url?: string; readonly id?: string; readonly addresses?: readonly string[] };
    readonly blocked?: boolean;
    readonly version?: number;
  };
}
