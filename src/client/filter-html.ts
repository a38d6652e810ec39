import { MAX_URL_LENGTH } from '../core/canonical-url.js';
import { readUrl } from '../core/read-url.js';
import { addressesOfSrcset, readPlaces, readReferences } from './attribute-text.js';
import { type Tag, tagsOf } from './html-tags.js';
import type { ImageQuestion } from './image-change.js';
import { PLACEHOLDER } from './placeholder.js';

/** Whoever knows what is blocked: a client. */
export interface KnowsBlocked {
  isBlocked(image: string | ImageQuestion): boolean;
}

export interface FilterOptions {
  /** Address of the page, for relative addresses; a `<base href>` in it goes first. Without: those are left alone. */
  readonly base?: string;
  /** What is shown instead: the address of an image. Default: a grey area as a `data:` address. */
  readonly placeholder?: string;
  /** Class that the replaced `<img>` gets besides its own. Default `vigie-blocked`. */
  readonly className?: string;
  /** Attribute that names an image by the site's own id. Default `data-image-id`. */
  readonly idAttribute?: string;
}

/** Addresses of one image, and of several; the `data-` ones are those of the usual scripts that load images late. */
const SINGLE = ['src', 'data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-full-src'];
/** Of `<image>`, which within a drawing says by a link what it shows. */
const OF_DRAWINGS = ['href', 'xlink:href'];
const SETS = ['srcset', 'data-srcset', 'data-lazy-srcset', 'imagesrcset'];

/** An address that browsers read as it stands, whatever the base: written in full, in plain characters. */
const WHOLE = /^https?:\/\/[\x21-\x7e]*$/i;

/** Sources within `<picture>` before their image: replaced together, since a browser takes any of them. */
interface Picture {
  readonly sources: Tag[];
  blocked: boolean;
}

/**
 * Pages in frames of pages in frames that are looked at: each is read anew with all that it holds, so that without a bound a page
 * of nothing else would take time beyond proportion to its length.
 */
const MOST_FRAMES_DEEP = 3;

/** What is written in place of a part of the page. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The page with blocked images replaced: `<img>`, also those that scripts load late, all sources of a `<picture>`,
 * `<input type=image>`, and those of the pages that `<iframe srcdoc>` holds, by `src`, `srcset`, their `data-` variants, and the
 * site's own id. Nothing else changes, not by a byte; width, height, alt and style stay, so that the layout does not shift.
 * Linear in the length; never throws.
 *
 * @param html a whole page or fragment
 */
export function filterHtml(html: string, client: KnowsBlocked, options: FilterOptions = {}): string {
  const edits = new Filter(html, client, options).findEdits();
  return edits.length === 0 ? html : edited(html, edits);
}

class Filter {
  private readonly edits: Edit[] = [];
  private base: string | undefined;
  private based = false;
  private picture: Picture | null = null;
  private readonly idAttribute: string;

  constructor(
    private readonly html: string,
    private readonly client: KnowsBlocked,
    private readonly options: FilterOptions,
    base = options.base,
    private readonly framesDeep = 0,
  ) {
    this.base = baseOf(base);
    this.idAttribute = (options.idAttribute ?? 'data-image-id').toLowerCase();
  }

  /** In the order of the page: what stands within a picture may be replaced before the picture is. */
  findEdits(): readonly Edit[] {
    // Of each template that is open, whether nobody sees what is in it: of a shadow root everybody does.
    const templates: boolean[] = [];
    let unseen = 0;
    for (const tag of tagsOf(this.html)) {
      if (tag.name !== 'template') {
        if (unseen === 0) this.see(tag);
      } else if (!tag.closes) {
        templates.push(!isShadowRoot(tag));
        unseen += Number(!isShadowRoot(tag));
      } else unseen -= Number(templates.pop() ?? false);
    }
    this.endPicture();
    return this.edits.sort((a, b) => a.start - b.start);
  }

  private see(tag: Tag): void {
    if (tag.name === 'picture') {
      this.endPicture();
      this.picture = tag.closes ? null : { sources: [], blocked: false };
    } else if (tag.closes) return;
    else if (tag.name === 'base') this.takeBase(tag);
    else if (tag.name === 'iframe') this.seeFrame(tag);
    else if (tag.name === 'source' && this.picture !== null) {
      this.picture.sources.push(tag);
      this.picture.blocked ||= this.isBlocked(tag);
    } else if (tag.name === 'img' && this.picture !== null) {
      this.picture.blocked ||= this.isBlocked(tag);
      if (this.picture.blocked) this.replace(tag, true);
      // A further image of the same picture has sources of its own.
      this.endPicture();
      this.picture = { sources: [], blocked: false };
    } else if (['img', 'input', 'image'].includes(tag.name) && this.isBlocked(tag)) this.replace(tag, true);
  }

  private endPicture(): void {
    if (this.picture?.blocked === true)
      for (const source of this.picture.sources) this.replace(source, false);
    this.picture = null;
  }

  private isBlocked(tag: Tag): boolean {
    return tag.attributes.some(({ name, value }) => {
      if (value === null || value === '') return false;
      if (name === this.idAttribute) return this.client.isBlocked({ id: readReferences(value) });
      if (isAddress(tag, name)) return this.isBlockedUrl(readReferences(value));
      return (
        SETS.includes(name) && addressesOfSrcset(readReferences(value)).some((url) => this.isBlockedUrl(url))
      );
    });
  }

  private isBlockedUrl(url: string): boolean {
    if (WHOLE.test(url)) return this.client.isBlocked(url);
    // A picture in words may be long.
    if (url.startsWith('data:')) return false;
    const whole = readUrl(url, this.base);
    return whole !== null && /^https?:$/.test(whole.protocol) && this.client.isBlocked(whole.href);
  }

  /** Every address becomes the placeholder's; the rest of the tag stays as it is written. */
  private replace(tag: Tag, isImage: boolean): void {
    const placeholder = escaped((this.options.placeholder ?? PLACEHOLDER).replaceAll(' ', '%20'));
    const className = isImage ? escaped(this.options.className ?? 'vigie-blocked') : '';
    const own = tag.attributes.find(({ name }) => name === 'class');
    if (className !== '' && own === undefined) {
      const at = tag.start + 1 + tag.name.length;
      this.put(at, at, ` class="${className}"`);
    }
    for (const { name, value, start, end } of tag.attributes) {
      if (isAddress(tag, name) || SETS.includes(name)) this.put(start, end, `${name}="${placeholder}"`);
      else if (className !== '' && name === 'class' && start === own?.start) {
        this.put(start, end, `class="${`${(value ?? '').replaceAll('"', '&quot;')} ${className}`.trim()}"`);
      }
    }
  }

  private put(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text });
  }

  /** A page that stands in an attribute: what is replaced in it is written as text of that attribute. */
  private seeFrame({ attributes }: Tag): void {
    const srcdoc = attributes.find(({ name }) => name === 'srcdoc');
    if (srcdoc?.value == null || this.framesDeep === MOST_FRAMES_DEEP) return;
    const { text, placeOf } = readPlaces(srcdoc.value);
    const start = srcdoc.valueStart;
    // Addresses in it are relative to the page that it stands in.
    const page = new Filter(text, this.client, this.options, this.base, this.framesDeep + 1);
    for (const edit of page.findEdits())
      this.put(start + placeOf(edit.start), start + placeOf(edit.end), inAnyQuotes(edit.text));
  }

  /** The first `<base>` counts, and it may be relative itself. */
  private takeBase(tag: Tag): void {
    const href = tag.attributes.find(({ name }) => name === 'href')?.value ?? null;
    if (this.based || href === null) return;
    this.based = true;
    this.base = baseOf(readReferences(href), this.base) ?? this.base;
  }
}

function edited(html: string, edits: readonly Edit[]): string {
  let out = '';
  let copied = 0;
  for (const { start, end, text } of edits) {
    out += html.slice(copied, start) + text;
    copied = end;
  }
  return out + html.slice(copied);
}

/** Does an attribute hold the address of what the tag shows? */
const isAddress = (tag: Tag, name: string): boolean =>
  SINGLE.includes(name) || (tag.name === 'image' && OF_DRAWINGS.includes(name));

/**
 * What relative addresses are resolved against, and no more of it than they need: each costs its length. Of a folder whose
 * name is longer than any address may be, only what is named from the root can be known.
 */
function baseOf(text: string | undefined, base?: string): string | undefined {
  const url = text === undefined ? null : readUrl(text, base);
  // Nor do browsers take `data:` for one.
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const { protocol, host, pathname } = url;
  return `${protocol}//${host}${pathname.length > MAX_URL_LENGTH ? '/' : pathname}`;
}

const isShadowRoot = ({ attributes }: Tag): boolean =>
  attributes.some(({ name, value }) => name === 'shadowrootmode' && /^(?:open|closed)$/i.test(value ?? ''));

/** Text of an attribute, whatever its quotes are, and without any. */
const inAnyQuotes = (text: string): string =>
  text.replaceAll('&', '&amp;').replace(/["'<>`=\s]/g, (character) => `&#${character.charCodeAt(0)};`);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
