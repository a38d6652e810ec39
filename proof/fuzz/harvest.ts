import type { Seeded } from '../../test/setup/seeded.js';
import type { FuzzAnswer, FuzzRequest } from './request.js';

/** As many of a kind are remembered; the oldest goes. */
const MOST = 64;

/** Longer answers hold only more of the same. */
const LOOKED_AT = 20_000;

/** What is named in an answer: `case_...`, a receipt; of keys, which are worth something by themselves, only links. */
const ID = /\b(?!vg_)[a-z]{3,5}_[\w-]{16,}|\bvg_lnk_[\w-]{43}/g;

/** What would take from the callers what they ask with. */
const LEFT_ALONE: ReadonlySet<string> = new Set(['stf', 'key', 'ses']);

/** What answers named, for later requests: so they come to what only other requests make. */
export class Harvest {
  private readonly seen = new Map<string, string[]>();

  note({ route, url }: FuzzRequest, { status, headers, text }: FuzzAnswer): void {
    if (status >= 300) return;
    const looked = text.slice(0, LOOKED_AT);
    for (const [id] of looked.matchAll(ID)) this.add(kindOf(id), id);
    const cursor = /"(?:nextCursor|cursor)":"([\w.~-]+)"/.exec(looked)?.[1];
    if (cursor !== undefined && url.length < LOOKED_AT) this.add(`cursor of ${route}`, cursor);
    if (typeof headers['etag'] === 'string') this.add(`etag of ${route}`, headers['etag']);
  }

  /** The request about something else of the same kinds, as far as something was seen; else as it was. */
  swapped(request: FuzzRequest, random: Seeded): FuzzRequest {
    const swap = (text: string): string => text.replace(ID, (id) => this.another(kindOf(id), random) ?? id);
    const cursor = this.another(`cursor of ${request.route}`, random);
    const etag = this.another(`etag of ${request.route}`, random);
    const url = swap(request.url);
    const asked = random.below(2) === 0 ? cursor : undefined;
    return {
      ...request,
      url: asked === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}cursor=${asked}`,
      headers: { ...request.headers, ...(etag === undefined ? {} : { 'if-none-match': etag }) },
      ...(request.body === undefined ? {} : { body: Buffer.from(swap(request.body.toString())) }),
    };
  }

  /** Something of a kind that an answer named. */
  another(kind: string, random: Seeded): string | undefined {
    const draw = random.below(2 ** 31);
    const known = this.seen.get(kind);
    return known?.[draw % known.length];
  }

  private add(kind: string, what: string): void {
    if (LEFT_ALONE.has(kind)) return;
    const known = this.seen.get(kind) ?? [];
    if (known.includes(what)) return;
    known.push(what);
    if (known.length > MOST) known.shift();
    this.seen.set(kind, known);
  }
}

const kindOf = (id: string): string => (id.startsWith('vg_lnk_') ? 'vg_lnk' : (id.split('_', 1)[0] ?? ''));
