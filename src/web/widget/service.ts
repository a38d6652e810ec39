/** The service refused, or did not answer. */
export class ServiceError extends Error {
  constructor(
    /** 0: no answer. */
    readonly status: number,
    detail: string,
    /** What of the request is wrong, as a JSON pointer. */
    readonly pointer = '',
    /** Milliseconds to wait at least, as the service says. */
    readonly wait = 0,
  ) {
    super(detail);
  }
}

/** Whether the same request may well be taken later. */
export const passes = ({ status }: ServiceError): boolean => status === 0 || status === 429 || status >= 500;

/**
 * Asks one of the service's doors for readers.
 *
 * @throws ServiceError when it refuses, anything else when there is no answer: see `failureOf`
 */
export type Ask = <Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  language?: string,
) => Promise<Answer>;

/** Milliseconds. */
const PATIENCE = 20_000;

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
    throw new ServiceError(
      answer.status,
      first?.detail ?? detail,
      first?.pointer,
      Number(answer.headers.get('retry-after')) * 1000,
    );
  };

/** What a failure was. One that will not pass is told to whoever builds the page, too. */
export function failureOf(error: unknown): ServiceError {
  const known = error instanceof ServiceError ? error : new ServiceError(0, String(error));
  if (!passes(known)) console.warn(`Vigie: ${known.message}`);
  return known;
}
