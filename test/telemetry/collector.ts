import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../setup/until.js';

/** A span as OTLP/JSON has it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number };
}

interface Payload {
  readonly resourceSpans: {
    readonly resource: { readonly attributes: ReceivedSpan['attributes'] };
    readonly scopeSpans: { readonly spans: ReceivedSpan[] }[];
  }[];
}

/** Takes spans by OTLP over HTTP, as a collector does; or takes connections and says nothing. */
export class Collector {
  readonly spans: ReceivedSpan[] = [];
  readonly resources: ReceivedSpan['attributes'][] = [];
  asked = 0;
  silent = false;
  private readonly open = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Collector> {
    const server = createServer();
    const collector = new Collector(server);
    server.on('request', (request, response) => {
      collector.asked += 1;
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        if (collector.silent) return void collector.open.add(response);
        for (const { resource, scopeSpans } of (JSON.parse(text) as Payload).resourceSpans) {
          collector.resources.push(resource.attributes);
          for (const { spans } of scopeSpans) collector.spans.push(...spans);
        }
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  named(name: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  /** Once there are so many of that name. */
  async has(name: string, count = 1): Promise<ReceivedSpan[]> {
    await until(
      () => this.named(name).length >= count,
      () => `${count} spans "${name}"; there are ${this.spans.map((span) => span.name).join(', ')}`,
    );
    return this.named(name);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

export const attributeOf = ({ attributes }: Pick<ReceivedSpan, 'attributes'>, key: string): unknown => {
  const value = attributes.find((one) => one.key === key)?.value;
  return value === undefined ? undefined : Object.values(value)[0];
};
