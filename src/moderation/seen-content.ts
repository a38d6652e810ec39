import type { Indistinct } from '../core/content.js';

/** Bytes that were found at an address, or that a site says are there. */
export interface SeenContent {
  readonly siteId: string;
  /** Of the image: its address' key hash, or that of the site's own id. */
  readonly hash: Buffer;
  /** 32 bytes. */
  readonly sha256: Buffer;
  /** Null where there are no pixels to tell: told by the site, or too small. */
  readonly pdq: Buffer | null;
  /** 0 to 100; null with `pdq`. */
  readonly quality: number | null;
  /** Null: they are enough of a picture for a block to follow them. */
  readonly indistinct: Indistinct | null;
  /** Upright, in pixels; null where nobody looked. */
  readonly width: number | null;
  readonly height: number | null;
  /** Null where nobody looked. */
  readonly bytes: number | null;
  /** `jpeg`, `png`, `webp`, `gif`, `avif`; null where nobody looked. */
  readonly format: string | null;
  /** The site said that the bytes change. */
  readonly announced: boolean;
  /** What the site said with it, for the log. */
  readonly note?: string | null;
}

/** What came of it. */
export type SeenOutcome =
  | { readonly known: false }
  | {
      readonly known: true;
      /** The image that the address belongs to now: bytes may have joined it to another, or parted it from one. */
      readonly imageId: string;
      readonly version: number;
      /** `first`: of this image; `same`: nothing new; `re-encoded`: the same picture; `new`; `returned`: old ones are back. */
      readonly change: 'first' | 'same' | 're-encoded' | 'new' | 'returned';
      /** Whether the image is blocked by now. */
      readonly blocked: boolean;
      /** Somebody gave the severe reason meanwhile: nothing of these bytes may be kept (docs/rules.md, rule 6). */
      readonly severe: boolean;
    };
