import { roomOf } from './check-imports.js';
import type { SourceText } from './source-file.js';

/**
 * What the neck alone writes: everything that makes up an image's state. Cases are also leased; of the log, webhooks/ writes
 * the lines that say nothing of images (database/statements/webhooks/log-webhook-disabled.ts).
 */
const STATE = ['image', 'address', 'block', 'vote', 'report_note', 'decision', 'event'];
const WRITES = new RegExp(`(?:insert\\s+into|update|delete\\s+from)\\s+(?:${STATE.join('|')})\\b(?!\\.)`);

/** Functions that a file takes from another, as far as they are no types and no constants. */
const IMPORT = /import \{([^}]*)\} from '([^']+)'/g;

/** Rooms that write an image's state past the neck, one sentence each. */
export function checkNeck(files: readonly SourceText[]): string[] {
  const writers = new Set(
    files
      .filter(({ path, text }) => path.startsWith('src/database/statements/') && WRITES.test(text))
      .map(fileName),
  );
  return files
    .filter(({ path }) => !['database', 'moderation'].includes(roomOf(path) ?? ''))
    .flatMap(({ path, text }) =>
      [...text.matchAll(IMPORT)]
        .filter(
          ([, , from = '']) =>
            from.includes('database/statements/') && writers.has(from.split('/').at(-1) ?? ''),
        )
        .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
        .filter((name) =>
          /^(?:insert|save|update|delete|withdraw|spend|move|rekey|entomb|append|upsert|reserve|mark)/.test(
            name,
          ),
        )
        .map((name) => `Nothing but the neck writes an image's state; ${path} takes ${name}`),
    );
}

const fileName = ({ path }: SourceText): string => (path.split('/').at(-1) ?? '').replace(/\.ts$/, '.js');
