/** The service refused, or did not answer. */
export interface ServiceError {
  /** 0: no answer. */
  readonly status: number;
  /** What of the request is wrong, as a JSON pointer. */
  readonly pointer: string;
  /** Milliseconds to wait at least, as the service says. */
  readonly wait: number;
}

/** Whether the same request may well be taken later. */
export const passes = ({ status }: Pick<ServiceError, 'status'>): boolean =>
  !status || status === 429 || status >= 500;

/**
 * Asks one of the service's doors for readers.
 *
 * @throws an error with what ServiceError says when it refuses, any other when there is no answer: see `failureOf`
 */
export type Ask = <Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  language?: string,
) => Promise<Answer>;

/** Milliseconds. */
const PATIENCE = 20_000;

/** Seconds. A date in the place of seconds counts as none: each caller has a pause of its own. */
const LONGEST_WAIT = 3600;

interface Problem {
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

export const askService =
  (base: string, key: string): Ask =>
  async <Answer>(method: string, path: string, body?: object, language?: string): Promise<Answer> => {
    const reads = method === 'GET';
    // The key in the address saves the browser's question before a cross-origin request.
    const answer = await fetch(`${base}/v1/${path}${reads ? `?key=${key}` : ''}`, {
      method,
      // No cookie goes out and none is taken; the page's address stays on the page.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(PATIENCE),
      // A report arrives although its reader goes on to another page at once.
      keepalive: !!language,
      headers: {
        ...(!reads && { authorization: `Bearer ${key}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...(language && { 'accept-language': language }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const told: unknown = answer.status === 204 ? null : await answer.json();
    if (answer.ok) return told as Answer;
    const { detail, errors: [first] = [] } = told as Problem;
    throw Object.assign(new Error(first?.detail ?? detail), {
      status: answer.status,
      pointer: first?.pointer ?? '',
      wait: Math.min(Number(answer.headers.get('retry-after')) || 0, LONGEST_WAIT) * 1000,
    });
  };

/** What a failure was. One that will not pass is told to whoever builds the page, too. */
export function failureOf(error: unknown): ServiceError {
  const known = { status: 0, pointer: '', wait: 0, ...(error as object) };
  if (!passes(known)) console.warn('Vigie:', error);
  return known;
}
