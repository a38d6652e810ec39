import { Agent } from 'node:http';
import { askLoopback, jsonOf, type LoopbackAnswer } from '../../test/setup/ask-loopback.js';
import { SLUGS, type Site } from './sites.js';

/** Milliseconds in which every request must be answered or cut off; one that is not hangs, and that is a violation. */
const PATIENCE = 30_000;

export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

/** The connection ended before the whole answer was there, or the service could not say: it may have been done. */
export interface Maybe {
  readonly kind: 'maybe';
}

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly address: string;
  /** Left out by who signs in, or is signed in. */
  readonly key?: string;
  readonly body?: unknown;
  /** Of who is signed in: what a page of the console sends. */
  readonly session?: { readonly cookie: string; readonly csrfToken: string };
  /** For who asks with a publishable key: from which address, on a page of the site. */
  readonly from?: string;
}

/** Asks the API through its proxies, and keeps an account of what nobody should ever get. */
export class Asker {
  /** Sentences. */
  readonly violations: string[] = [];
  /** How often each status came, and `lost` for connections that ended. */
  readonly seen = new Map<string, number>();
  /** Longest time that somebody waited for an answer, in ms. */
  longest = 0;
  private readonly agents: readonly Agent[];

  /** @param ports of the proxies before the API's processes */
  constructor(private readonly ports: readonly number[]) {
    this.agents = ports.map(() => new Agent({ keepAlive: true, maxSockets: 200 }));
  }

  close(): void {
    for (const agent of this.agents) agent.destroy();
  }

  /** @param process which of them is asked, by its place in `ports` */
  async ask(process: number, site: Site, question: Question): Promise<Answer | Maybe> {
    const { method, address } = question;
    const name = `${method} ${address.replace(/\?.*/, '').replace(/(rcp|case|dec|whe|msg|ses)_[\w-]+/g, '$1')}`;
    const began = performance.now();
    const answer = await this.send(process, site, question);
    const took = performance.now() - began;
    this.longest = Math.max(this.longest, took);
    if (answer === 'late') {
      this.violations.push(`${name} of api-${process + 1} was not answered within ${PATIENCE / 1_000} s`);
      this.count('hung');
      return { kind: 'maybe' };
    }
    if (answer === 'lost') {
      this.count('lost');
      return { kind: 'maybe' };
    }
    this.count(String(answer.status));
    this.look(name, site, answer);
    const { status, headers, text } = answer;
    if (status === 503) return { kind: 'maybe' };
    return { kind: 'answer', status, headers, body: jsonOf(text) };
  }

  /** What no answer may be, whatever was asked. */
  private look(name: string, site: Site, { status, headers, text }: LoopbackAnswer): void {
    const stranger = SLUGS.find((slug) => slug !== site.slug) ?? '';
    if (text.includes(stranger)) {
      this.violations.push(`I9: ${name}, asked by ${site.slug}, told of ${stranger}: ${text.slice(0, 500)}`);
    }
    if (status < 500) return;
    if (status !== 503) return void this.violations.push(`${name} was answered ${status}: ${text}`);
    const isProblem = String(headers['content-type']).startsWith('application/problem+json');
    if (isProblem && headers['retry-after'] !== undefined) return;
    this.violations.push(
      `${name} was answered 503 ${isProblem ? 'without Retry-After' : 'and no problem'}: ${text}`,
    );
  }

  private count(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }

  private async send(
    process: number,
    site: Site,
    { method, address, key, body, from, session }: Question,
  ): Promise<LoopbackAnswer | 'lost' | 'late'> {
    const [port, agent] = [this.ports[process], this.agents[process]];
    if (port === undefined || agent === undefined) throw new Error(`there is no process ${process}`);
    const headers = {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(session === undefined
        ? {}
        : {
            cookie: session.cookie,
            origin: `http://127.0.0.1:${port}`,
            'x-vigie-csrf': session.csrfToken,
          }),
      ...(from === undefined ? {} : { 'x-forwarded-for': from, origin: site.origin }),
    };
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      return await askLoopback({ port, agent, signal: patience.signal }, { method, address, headers, body });
    } catch {
      return patience.signal.aborted ? 'late' : 'lost';
    } finally {
      clearTimeout(timer);
    }
  }
}
