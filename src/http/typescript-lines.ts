import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A line of a built file, as a trace names it. */
const BUILT_LINE = /(file:\/\/[^\s()]+\.js):(\d+):(\d+)/g;

/** Of built files, when they are first in a trace; null: there is none. */
const maps = new Map<string, SourceMap | null>();

/**
 * A trace, with the lines of src/ in the place of those of dist/. `--enable-source-maps` would do it everywhere, and reads
 * the maps of all packages as they are loaded (docs/adr/0035-the-service-in-few-files.md).
 */
export const inTypeScript = (trace: string): string =>
  trace.replace(BUILT_LINE, (built: string, file: string, line: string, column: string) => {
    if (!maps.has(file)) maps.set(file, mapOf(file));
    const origin = maps.get(file)?.findOrigin(Number(line), Number(column));
    if (origin === undefined || !('fileName' in origin)) return built;
    return `${new URL(origin.fileName, file).href}:${origin.lineNumber}:${origin.columnNumber}`;
  });

function mapOf(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(file)}.map`, 'utf8')) as SourceMapPayload);
  } catch {
    return null;
  }
}
