import type { ServerResponse } from 'node:http';

/** Resolves when the reader has taken what was written: true; false when they are gone, or after so long. */
export function drained(raw: ServerResponse, milliseconds: number): Promise<boolean> {
  if (raw.destroyed) return Promise.resolve(false);
  if (!raw.writableNeedDrain) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (result: boolean) => (): void => {
      clearTimeout(timer);
      raw.off('drain', taken).off('close', gone);
      resolve(result);
    };
    const [taken, gone] = [end(true), end(false)];
    const timer = setTimeout(gone, milliseconds);
    raw.once('drain', taken).once('close', gone);
  });
}
