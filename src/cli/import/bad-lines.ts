import { closeSync, openSync, writeFileSync } from 'node:fs';
import { type FieldError, VigieError } from '../../core/errors.js';

/** Bad lines that are shown. */
const SHOWN = 20;

/** A line that did not go in, and why. */
export interface BadLine {
  readonly line: number;
  readonly errors: readonly FieldError[];
}

/** Keeps the first bad lines to be shown, and writes all of them into a file where one is named. */
export class BadLines {
  private file: number | null = null;
  private found: BadLine[] = [];
  private total = 0;

  /** @throws VigieError INVALID when the file can't be written */
  constructor(private readonly path: string | undefined) {
    this.restart();
  }

  get count(): number {
    return this.total;
  }

  get first(): readonly BadLine[] {
    return this.found;
  }

  /** @throws VigieError INVALID when the file can't be written, as on a full disk */
  add(line: number, errors: readonly FieldError[]): void {
    this.total += 1;
    if (this.found.length < SHOWN) this.found.push({ line, errors });
    const { file } = this;
    if (file !== null) this.tried(() => writeFileSync(file, `${JSON.stringify({ line, errors })}\n`));
  }

  /** Forgets all: the lines are read from the first again. */
  restart(): void {
    this.close();
    this.found = [];
    this.total = 0;
    const { path } = this;
    if (path !== undefined) this.file = this.tried(() => openSync(path, 'w'));
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }

  private tried<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      const { code = 'unknown error' } = error as NodeJS.ErrnoException;
      throw new VigieError('INVALID', `--errors ${this.path}: can't be written (${code}).`);
    }
  }
}
