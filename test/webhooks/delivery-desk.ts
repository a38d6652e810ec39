import { Sealed } from '../../src/access/sealing/sealed.js';
import type { JobResult } from '../../src/jobs/job-handler.js';
import { Reachable } from '../../src/outbound/reachable.js';
import { hostResolver } from '../../src/outbound/resolve-host.js';
import type { Delivery } from '../../src/webhooks/deliveries.js';
import { DeliverMessage, type DeliveryOptions } from '../../src/webhooks/deliver-message.js';
import { EndpointSecrets } from '../../src/webhooks/endpoint-secrets.js';
import { FanOut } from '../../src/webhooks/fan-out.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';

export interface Attempt {
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

export interface Message {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly nextAttemptAt: string | null;
  readonly payload: Record<string, unknown>;
  readonly attempts: Attempt[];
}

/** An endpoint that a test made. */
export interface TestEndpoint {
  readonly id: string;
  readonly secret: string;
}

const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** The doors of the service, with its fan-out and its delivery handler at hand: nothing runs by itself. */
export class DeliveryDesk {
  readonly fanOut: FanOut;
  readonly handler: DeliverMessage;

  private constructor(
    readonly service: Service,
    options: Partial<DeliveryOptions>,
    timeoutMilliseconds: number,
  ) {
    const sealed = service.app.get(Sealed);
    const { database } = service;
    this.fanOut = new FanOut(database, sealed, { pollMilliseconds: 50 });
    const outbound = {
      reachable: new Reachable(LOOPBACK),
      resolve: hostResolver({ systemToo: true }),
      connectMilliseconds: timeoutMilliseconds,
      timeoutMilliseconds,
    };
    const quick = { retrySeconds: [0, 0, 0], disableAfterHours: 120, outbound };
    this.handler = new DeliverMessage(database, sealed, new EndpointSecrets(sealed), {
      ...quick,
      ...options,
    });
  }

  static async open(
    options: Partial<DeliveryOptions> = {},
    timeoutMilliseconds = 10_000,
  ): Promise<DeliveryDesk> {
    const service = await Service.open({ ROLE: 'api', OUTBOUND_ALLOW: LOOPBACK.join(',') });
    return new DeliveryDesk(service, options, timeoutMilliseconds);
  }

  /** Another worker on the same database. */
  beside(options: Partial<DeliveryOptions> = {}, timeoutMilliseconds = 10_000): DeliveryDesk {
    return new DeliveryDesk(this.service, options, timeoutMilliseconds);
  }

  close(): Promise<void> {
    return this.service.close();
  }

  async endpoint(site: TestSite, url: string, events: string[] = ['*']): Promise<TestEndpoint> {
    const body = { url, events };
    const made = await this.service.ask<TestEndpoint>('POST', '/v1/webhook-endpoints', site.secretKey, body);
    if (made.status !== 201) throw new Error(made.text);
    return made.body;
  }

  ask(
    site: TestSite,
    { id }: TestEndpoint,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path = '',
    body?: object,
  ): Promise<Answer> {
    return this.service.ask(method, `/v1/webhook-endpoints/${id}${path}`, site.secretKey, body);
  }

  /** The newest first. */
  async messages(site: TestSite, endpoint: TestEndpoint, query = ''): Promise<Message[]> {
    const { body } = await this.ask(site, endpoint, 'GET', `/messages${query}`);
    return body['items'] as Message[];
  }

  /** The deliveries that are staged and not done, the oldest first. */
  async staged(): Promise<{ id: string; lane: string; payload: Delivery }[]> {
    return this.service.database.dataSource.query(
      `select id, lane, payload from job where kind = 'deliver-webhook' and outcome is null order by id`,
    );
  }

  /** Tries every staged delivery once, all at the same time; what a job asked for. */
  async deliver(signal?: AbortSignal): Promise<JobResult[]> {
    const jobs = await this.staged();
    return Promise.all(
      jobs.map(async ({ id, payload }) => {
        const run = { jobId: id, attempt: 1, signal: signal ?? new AbortController().signal };
        const result = await this.handler.run(payload, run);
        if ('done' in result) {
          await this.sql(
            `update job set outcome = 'done', finished_at = clock_timestamp() where id = $1`,
            id,
          );
        }
        return result;
      }),
    );
  }

  /** Everything that was logged becomes messages, and each is tried once. */
  async work(): Promise<JobResult[]> {
    await this.fanOut.once();
    return this.deliver();
  }

  async sql<Row = Record<string, unknown>>(text: string, ...values: unknown[]): Promise<Row[]> {
    return this.service.database.dataSource.query(text, values);
  }
}
