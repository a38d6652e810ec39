import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { until } from '../setup/until.js';

export interface Line {
  readonly image: { readonly url?: string; readonly id?: string; readonly addresses: readonly string[] };
  readonly blocked: boolean;
  readonly reason?: string;
  readonly version: number;
}

export const KEY = 'vg_sec_of-the-tests';

/** What a request is answered with instead of what it asked for. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

/** The feed of a site as the API describes it, over real HTTP: the block list, changes, stream. */
export class FeedServer {
  readonly asked: string[] = [];
  readonly authorizations = new Set<string | undefined>();
  /** Per path: the next answers. */
  readonly refusals = new Map<string, Refusal[]>();
  /** As a proxy that holds back what is streamed. */
  holdsStreams = false;
  /** Sends so many lines of the block list, then breaks the connection. */
  breaksListAfter = Infinity;
  /** Ms before a block list goes on after its first half. */
  listGoesOn: Promise<void> = Promise.resolve();
  epoch = 'a';
  /** The site's address rules and their tag; null: as a service that knows none. */
  rules: { readonly tag: string; readonly addressRules: object } | null = null;

  private readonly blocked = new Map<string, Line>();
  private log: Line[] = [];
  private readonly streams = new Set<ServerResponse>();
  private readonly sockets = new Set<Socket>();
  private readonly waiting = new Set<() => void>();
  private server: Server | undefined;
  private port = 0;

  static async open(): Promise<FeedServer> {
    const feed = new FeedServer();
    await feed.up();
    return feed;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** As a process that is killed: connections break, nobody answers. */
  async down(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Says it again to whoever reads, without a change of the block list: messages may come twice. */
  say(line: Line): void {
    this.log.push(line);
    for (const stream of this.streams) this.tell(stream, this.log.length);
    for (const wake of [...this.waiting]) wake();
  }

  block(image: string | Partial<Line['image']>, version = 1, reason = 'violence'): void {
    const line = { image: imageOf(image), blocked: true, reason, version };
    this.blocked.set(JSON.stringify(line.image.id ?? line.image.url), line);
    this.say(line);
  }

  unblock(image: string | Partial<Line['image']>, version = 2): void {
    const line = { image: imageOf(image), blocked: false, version };
    this.blocked.delete(JSON.stringify(line.image.id ?? line.image.url));
    this.say(line);
  }

  /** Changes the block list behind everybody's back, as a dump that is restored does: old cursors are no good. */
  restore(epoch: string, ...images: string[]): void {
    this.epoch = epoch;
    this.log = [];
    this.blocked.clear();
    for (const image of images) {
      this.blocked.set(image, { image: imageOf(image), blocked: true, reason: 'spam', version: 1 });
    }
    this.endStreams();
  }

  beat(): void {
    for (const stream of this.streams)
      stream.write(`: asOf ${new Date().toISOString()}\nid: ${this.cursor()}\n\n`);
  }

  /** As a service that stops: every stream ends. What is said from now on is only for the streams that come later. */
  endStreams(): void {
    for (const stream of this.streams) stream.end();
    this.streams.clear();
  }

  get streaming(): number {
    return this.streams.size;
  }

  get connections(): number {
    return this.sockets.size;
  }

  countOf(path: string): number {
    return this.asked.filter((asked) => asked.startsWith(path)).length;
  }

  async streamed(): Promise<void> {
    await until(() => this.streams.size > 0);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.asked.push(`${url.pathname}${url.search}`);
    this.authorizations.add(request.headers.authorization);
    if (this.rules !== null) response.setHeader('vigie-address-rules', this.rules.tag);
    const refusal = this.refusals.get(url.pathname)?.shift();
    if (refusal !== undefined) return void this.refuse(response, refusal);
    if (request.headers.authorization !== `Bearer ${KEY}`) return this.refuse(response, { status: 401 });
    const cursor = request.headers['last-event-id'] ?? url.searchParams.get('cursor') ?? this.cursor();
    const [epoch, seq] = String(cursor).split('.');
    if (epoch !== this.epoch || Number(seq) > this.log.length) return this.refuse(response, { status: 410 });
    switch (url.pathname) {
      case '/v1/blocklist':
        return this.list(response);
      case '/v1/changes':
        return this.changes(response, url, Number(seq));
      case '/v1/changes/stream':
        return this.stream(response, Number(seq));
      case '/v1/address-rules':
        return this.tellRules(response);
      default:
        return this.refuse(response, { status: 404 });
    }
  }

  private tellRules(response: ServerResponse): void {
    if (this.rules === null) return this.refuse(response, { status: 404 });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ addressRules: this.rules.addressRules }));
  }

  private refuse(response: ServerResponse, { status, headers = {} }: Refusal): void {
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
    response.end(
      JSON.stringify({ type: '/problems/x', title: 'No', status, detail: `Because of ${status}.` }),
    );
  }

  private async list(response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'vigie-cursor': this.cursor() });
    const lines = [...this.blocked.values()];
    for (const [index, line] of lines.entries()) {
      if (index >= this.breaksListAfter) return void response.destroy();
      if (index === Math.floor(lines.length / 2)) await this.listGoesOn;
      response.write(`${JSON.stringify({ ...line, since: '2026-11-23T10:00:00Z' })}\n`);
    }
    response.end();
  }

  private async changes(response: ServerResponse, url: URL, seq: number): Promise<void> {
    const limit = Number(url.searchParams.get('limit') ?? 100);
    if (seq === this.log.length && Number(url.searchParams.get('wait') ?? 0) > 0) {
      await new Promise<void>((wake) => {
        this.waiting.add(wake);
        response.once('close', wake);
        response.once('close', () => this.waiting.delete(wake));
      });
    }
    const next = Math.min(seq + limit, this.log.length);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        changes: this.log.slice(seq, next).map((line) => ({ ...line, at: new Date().toISOString() })),
        cursor: this.cursor(next),
        more: next < this.log.length,
        asOf: new Date().toISOString(),
      }),
    );
  }

  private stream(response: ServerResponse, seq: number): void {
    if (this.holdsStreams) return;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`retry: 2000\n: asOf ${new Date().toISOString()}\nid: ${this.cursor(seq)}\n\n`);
    this.streams.add(response);
    response.once('close', () => this.streams.delete(response));
    for (let next = seq + 1; next <= this.log.length; next += 1) this.tell(response, next);
  }

  private tell(response: ServerResponse, seq: number): void {
    const data = JSON.stringify({ ...this.log[seq - 1], at: new Date().toISOString() });
    response.write(`id: ${this.cursor(seq)}\ndata: ${data}\n\n`);
  }

  private cursor(seq = this.log.length): string {
    return `${this.epoch}.${seq}`;
  }
}

const imageOf = (image: string | Partial<Line['image']>): Line['image'] =>
  typeof image === 'string' ? { url: image, addresses: [] } : { addresses: [], ...image };
