import type { FieldProblem, ProblemDetails } from '../../contract/problem.js';
import { isTouched, tellUse } from './activity.js';

/** What the service refuses, as it says it (RFC 9457), or that it can not be reached (status 0). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Such as `/problems/case-conflict`. */
  readonly type: string;
  readonly title: string;
  readonly fields: readonly FieldProblem[];
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | null;

  constructor(
    given: Partial<ProblemDetails> & { readonly status: number },
    /** All that the answer holds, such as `yours` of a conflict. */
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(given.detail ?? given.title ?? '');
    this.status = given.status;
    this.type = given.type ?? '';
    this.title = given.title ?? '';
    this.fields = given.errors ?? [];
    this.retryAfter = given.retryAfter ?? null;
  }

  /** What is wrong with a field, by its pointer. */
  of(pointer: string): string | undefined {
    return this.fields.find((field) => field.pointer === pointer)?.detail;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** How something is asked. */
export interface How {
  readonly abort?: AbortSignal;
  /** The page asks by itself: that is no use of the session, unless somebody did something since the last use. */
  readonly isBackground?: boolean;
}

interface Door {
  /** Proves that a request comes from this page. */
  csrfToken: string;
  /** Called when the session is over. */
  onSignedOut: () => void;
  /** Gets the token anew, when another window changed it. False: there is none, or it is another person's. */
  renew: () => Promise<boolean>;
  /** Whether the cookie is another person's by now: nothing of this page is sent in their name. */
  isClosed: boolean;
}

/** Set by session.ts. */
export const door: Door = {
  csrfToken: '',
  onSignedOut: () => undefined,
  renew: () => Promise.resolve(false),
  isClosed: false,
};

/** Where 401 is an answer to what was typed, or to the question itself. */
const ABOUT_SIGNING_IN: ReadonlySet<string> = new Set(['/v1/session', '/v1/session/totp']);

/** An address of the API with a query; what is null or undefined is left out. */
export function addressOf(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value == null ? [] : [[name, String(value)]],
  );
  const search = new URLSearchParams(given).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** Characters of a body. */
const LARGEST_KEPT_ALIVE = 8_000;

/**
 * Asks the service by the session's cookie. An answer without a body is undefined.
 *
 * @throws Problem for every refusal; status 0 when nobody answered, the answer broke off, or it is none of the service's
 */
async function ask<T>(
  method: Method,
  address: string,
  body?: unknown,
  how: How = {},
  isAgain = false,
): Promise<T> {
  if (door.isClosed) throw new Problem({ status: 401 });
  const { abort, isBackground = false } = how;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-vigie-csrf'] = door.csrfToken;
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (isBackground && !isTouched()) headers['vigie-background'] = '1';
  else tellUse();
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(address, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      // What is sent as the page is left arrives: leases that are given back, decisions. Browsers let 64 kB of it be on its way.
      keepalive: method !== 'GET' && JSON.stringify(body ?? '').length < LARGEST_KEPT_ALIVE,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(abort === undefined ? {} : { signal: abort }),
    });
    text = await answer.text();
  } catch (error) {
    if (abort?.aborted === true) throw error;
    throw new Problem({ status: 0 });
  }
  if (answer.ok) return read<T>(text);
  const problem = problemOf(answer.status, text);
  if (problem.status === 401 && !ABOUT_SIGNING_IN.has(address)) door.onSignedOut();
  if (problem.body['next'] === 'reload' && !isAgain && (await door.renew()))
    return ask(method, address, body, how, true);
  // What was asked for one person is not refused to another: it waits for the first.
  throw door.isClosed ? new Problem({ status: 401 }) : problem;
}

/** @throws Problem where it is none of ours, such as the page that a network asks to sign in on */
function read<T>(text: string): T {
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch {
    throw new Problem({ status: 0 });
  }
}

/** What was refused, as it was said, or what a proxy in front of the service said. */
export function problemOf(status: number, text: string): Problem {
  try {
    const body = JSON.parse(text) as ProblemDetails & Record<string, unknown>;
    return new Problem({ ...body, status }, body);
  } catch {
    // A proxy in front of the service.
    return new Problem({ status });
  }
}

export const api = {
  get: <T>(path: string, query?: Query, how?: How): Promise<T> =>
    ask('GET', addressOf(path, query), undefined, how),
  post: <T>(path: string, body?: unknown, query?: Query, how?: How): Promise<T> =>
    ask('POST', addressOf(path, query), body, how),
  put: <T>(path: string, body?: unknown, query?: Query, how?: How): Promise<T> =>
    ask('PUT', addressOf(path, query), body, how),
  patch: <T>(path: string, body?: unknown): Promise<T> => ask('PATCH', path, body),
  remove: <T = undefined>(path: string, query?: Query, body?: unknown): Promise<T> =>
    ask('DELETE', addressOf(path, query), body),
};
