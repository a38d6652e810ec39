import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { until } from '../setup/until.js';

/** An event of a stream; `data`: its JSON. */
export interface StreamedEvent {
  readonly id: string;
  readonly data: Record<string, unknown>;
}

/** A reader of Server-Sent Events over a real connection. */
export class StreamReader {
  text = '';
  status = 0;
  over = false;
  readonly events: StreamedEvent[] = [];
  readonly comments: string[] = [];
  /** What an EventSource would send as Last-Event-ID. */
  lastId = '';
  private rest = '';
  private response: IncomingMessage | null = null;
  private readonly sent: ClientRequest;

  constructor(port: number, key: string, headers: Record<string, string> = {}, query = '') {
    this.sent = get(
      {
        host: '127.0.0.1',
        port,
        path: `/v1/changes/stream${query}`,
        agent: false,
        headers: { authorization: `Bearer ${key}`, ...headers },
      },
      (response) => {
        this.response = response;
        this.status = response.statusCode ?? 0;
        response.setEncoding('utf8').on('data', (part: string) => this.read(part));
        response.on('close', () => (this.over = true)).on('error', () => (this.over = true));
      },
    );
    this.sent.on('error', () => (this.over = true));
  }

  get headers(): IncomingMessage['headers'] {
    return this.response?.headers ?? {};
  }

  /** Waits until the stream has begun, or was refused. */
  async open(): Promise<this> {
    await until(
      () => (this.status === 200 ? this.lastId !== '' : this.status !== 0),
      () => 'a stream',
    );
    return this;
  }

  async has(count: number): Promise<void> {
    await until(
      () => this.events.length >= count,
      () => `${count} events, but there were ${this.events.length}: ${this.text.slice(-500)}`,
    );
  }

  /** Reads no further, as a reader who is stuck. */
  pause(): void {
    this.response?.pause();
  }

  resume(): void {
    this.response?.resume();
  }

  close(): void {
    this.sent.destroy();
  }

  private read(part: string): void {
    this.text += part;
    this.rest += part;
    for (let end = this.rest.indexOf('\n\n'); end >= 0; end = this.rest.indexOf('\n\n')) {
      this.take(this.rest.slice(0, end));
      this.rest = this.rest.slice(end + 2);
    }
  }

  private take(block: string): void {
    let data = '';
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) this.comments.push(line.slice(1).trim());
      if (line.startsWith('id: ')) this.lastId = line.slice(4);
      if (line.startsWith('data: ')) data += line.slice(6);
    }
    if (data !== '') {
      this.events.push({ id: this.lastId, data: JSON.parse(data) as Record<string, unknown> });
    }
  }
}
