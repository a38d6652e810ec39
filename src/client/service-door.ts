import { VigieClientError } from './client-error.js';
import { isObject } from './image-change.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Some frameworks keep what they fetched; some edge workers refuse the word. */
const NO_CACHE: RequestInit = 'cache' in Request.prototype ? { cache: 'no-store' } : {};

/** How a question may end: when the client closes, or when nothing is heard for `patience` ms. */
export interface Waiting {
  readonly signal: AbortSignal;
  readonly patience: number;
}

/** Asks the service. Every failure is a VigieClientError: UNREACHABLE, SILENT, or REFUSED with status and `retryAfter`. */
export class ServiceDoor {
  /** Tag of the site's address rules, as the service said it last; null while it said none. */
  rulesTag: string | null = null;

  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
    private readonly fetch: Fetch,
  ) {}

  /**
   * @param use reads the answer; its `chunks` end with the body. `patience` counts from the last sign of life: the
   *   answer's head, then each chunk
   */
  async get<Result>(
    path: string,
    headers: Record<string, string>,
    { signal, patience }: Waiting,
    use: (response: Response, chunks: AsyncIterable<Uint8Array>) => Promise<Result>,
  ): Promise<Result> {
    const controller = new AbortController();
    const end = (): void => controller.abort();
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    let silent = false;
    const giveUp = (): void => {
      silent = true;
      controller.abort();
    };
    let timer = setTimeout(giveUp, patience);
    const alive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, patience);
    };
    try {
      const response = await this.fetch(`${this.baseUrl}${path}`, {
        headers: { authorization: `Bearer ${this.key}`, ...headers },
        signal: controller.signal,
        ...NO_CACHE,
      });
      alive();
      if (!response.ok) throw await refusalOf(response, path);
      this.rulesTag = response.headers.get('vigie-address-rules') ?? this.rulesTag;
      return await use(response, chunksOf(response, alive));
    } catch (error) {
      if (error instanceof VigieClientError) throw error;
      const where = `${this.baseUrl}${path.replace(/\?.*/, '')}`;
      if (silent)
        throw new VigieClientError('SILENT', `${where}: nothing was heard for ${patience / 1000} s.`);
      const why =
        error instanceof Error
          ? [error.message, causeOf(error)].filter((text) => text !== '')
          : [String(error)];
      throw new VigieClientError('UNREACHABLE', `${where}: ${why.join(': ')}`, { cause: error });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      // Whatever is left of the answer is not wanted any more; nothing happens to one that was read to its end.
      controller.abort();
    }
  }
}

async function* chunksOf(response: Response, alive: () => void): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    alive();
    yield value;
  }
}

async function refusalOf(response: Response, path: string): Promise<VigieClientError> {
  const { status } = response;
  const problem: unknown = await response.json().catch(() => null);
  const said = isObject(problem) && typeof problem['detail'] === 'string' ? `: ${problem['detail']}` : '';
  const key = status === 401 || status === 403 ? ' It needs the secret key of the site (vg_sec_...).' : '';
  const retryAfter = retryAfterOf(response.headers.get('retry-after'));
  const details = retryAfter === undefined ? { status } : { status, retryAfter };
  return new VigieClientError(
    'REFUSED',
    `The service answered ${status} to ${path.replace(/\?.*/, '')}${said}${key}`,
    details,
  );
}

/** Seconds or a date. */
function retryAfterOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return milliseconds > 0 ? milliseconds : undefined;
}

/** Node's fetch says only "fetch failed"; what failed is in the cause. */
const causeOf = (error: Error): string => (error.cause instanceof Error ? error.cause.message : '');
