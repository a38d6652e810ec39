import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { sendHead } from '../http/send-head.js';

/** Milliseconds between two words on how far it is. */
const TELL_EVERY = 200;

/** A replay's answer as Server-Sent Events. Begins with the first word, so that what is refused before has its own status. */
export class ReplayStream {
  private raw: ServerResponse | null = null;
  private told = -Infinity;

  constructor(private readonly reply: FastifyReply) {}

  get hasBegun(): boolean {
    return this.raw !== null;
  }

  /** Says how far it is, unless it just did, or the reader has yet to take what was said. */
  progress(done: number, of: number): void {
    const now = performance.now();
    if (now - this.told < TELL_EVERY || this.raw?.writableNeedDrain === true) return;
    this.told = now;
    this.write('progress', { done, of });
  }

  end(event: 'result' | 'problem', data: unknown): void {
    this.write(event, data);
    this.raw?.end();
  }

  private write(event: string, data: unknown): void {
    this.raw ??= sendHead(this.reply, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    if (this.raw?.writable === true) this.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
