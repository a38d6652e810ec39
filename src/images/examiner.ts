import type { Indistinct } from '../core/content.js';

/** What the bytes of an image say, decoded. */
export interface ExaminedImage {
  /** Of the bytes as they came. */
  readonly sha256: Buffer;
  /** 32 bytes, as hexadecimal prints them; null where a side is too short for a fingerprint. */
  readonly pdq: Buffer | null;
  /** 0 to 100; null with `pdq`. */
  readonly quality: number | null;
  readonly indistinct: Indistinct | null;
  readonly format: string;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** WebP, both; null where nobody asked for them. */
  readonly snapshots: { readonly thumbnail: Buffer; readonly preview: Buffer } | null;
}

/** Decodes images, told by their bytes and by nothing else. */
export interface Examiner {
  /** @throws what `isImageProblem` knows when the bytes are no image that can be looked at */
  examine(
    bytes: Buffer,
    options: { readonly snapshots: boolean; readonly signal?: AbortSignal },
  ): Promise<ExaminedImage>;
  /** Nothing is examined any more. */
  close(): Promise<void>;
}

/** Is the image itself at fault? Then its message is a sentence for people. */
export const isImageProblem = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'ImageProblem';
