const CONDITIONS = ['if-none-match', 'if-modified-since'];
const PARTS = ['range', 'if-range'];

/** Who asks for a page says so; who asks for a film or a picture does not. */
const ASKS_FOR_PAGE = /\btext\/html\b|\bapplication\/xhtml\+xml\b/i;

/**
 * By which tag or date somebody has an answer already. It is taken from the request while the site answers: tags and dates
 * of the site's own say nothing of what is blocked, so that by them it would let a browser, or a cache in between, go on
 * showing a page from before. Whether the answer is a page nobody knows before it comes; of what is none, the question is
 * answered here as the site would have answered it. Source: RFC 9110, section 13.
 *
 * So is the wish for a part, where a page is asked for: nothing can be replaced in half of one. Sending all of it is an
 * answer to that, too (RFC 9110, section 14.2).
 */
export class RequestConditions {
  private readonly taken: Record<string, string> = {};

  constructor(
    method: string | undefined,
    private readonly headers: Record<string, string | string[] | undefined>,
  ) {
    // Of others, such as PUT, they say whether something is to be done.
    if (method !== 'GET' && method !== 'HEAD') return;
    const mayBePage = ASKS_FOR_PAGE.test(String(headers['accept']));
    for (const name of mayBePage ? [...CONDITIONS, ...PARTS] : CONDITIONS) {
      const value = headers[name];
      if (typeof value !== 'string') continue;
      this.taken[name] = value;
      delete headers[name];
    }
  }

  /** To whoever reads the request once the answer is known. */
  giveBack(): void {
    Object.assign(this.headers, this.taken);
  }

  /** Is an answer with this status and these headers the one that somebody has? */
  areMetBy(status: number, etag: unknown, lastModified: unknown): boolean {
    if (status !== 200 && status !== 206) return false;
    const { 'if-none-match': tags, 'if-modified-since': since } = this.taken;
    if (tags !== undefined) return tags.trim() === '*' || this.name(etag);
    // Of no date, or a wrong one, nothing is said.
    return since !== undefined && Date.parse(String(lastModified)) <= Date.parse(since);
  }

  /** Do they name this tag? Whether it is a weak one does not matter to who reads a whole answer. */
  name(etag: unknown): boolean {
    const tags: readonly string[] = this.taken['if-none-match']?.match(/"[^"]*"/g) ?? [];
    return typeof etag === 'string' && tags.includes(etag.replace(/^W\//, ''));
  }
}
