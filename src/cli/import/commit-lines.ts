import type { FieldError } from '../../core/errors.js';
import type { Database } from '../../database/database.js';
import { isRefusedValue } from '../../database/postgres-errors.js';
import {
  type ImportCheckpoint,
  type ImportName,
  saveImportCheckpoint,
} from '../../database/statements/sites/import-checkpoint.js';
import type { BindAddresses } from '../../moderation/bind-addresses.js';
import type { ImageCommand } from '../../moderation/image-command.js';
import { moderateImages } from '../../moderation/moderate-images.js';
import type { WantedBinding } from '../../moderation/named-image.js';
import type { BadLines } from './bad-lines.js';

/** What a good line asks for. */
export interface Wanted {
  readonly command: ImageCommand;
  /** An address that the image must be bound to first. */
  readonly binding: WantedBinding | null;
}

/** A line that keeps all rules, and how far the input has come with it. */
export interface GoodLine {
  readonly wanted: Wanted;
  readonly upTo: ImportCheckpoint;
}

/** What lines are committed with. */
export interface Committing {
  readonly database: Database;
  readonly bindings: BindAddresses;
  /** Whether the bytes are looked at of what is reported, or blocked (setting images.fetch). */
  readonly fetch: boolean;
  readonly bad: BadLines;
}

/** What lines brought. */
export interface Brought {
  readonly imported: number;
  readonly alreadyThere: number;
}

/**
 * Commits lines together with how far the input has come. Where the database refuses a value, the lines are halved and
 * tried again until the culprit stands alone: it is a bad line, and its neighbours go in. Whatever else fails is not the
 * fault of a line, and ends the import, which can then go on from here.
 *
 * @param upTo how far the input has come with all of them, lines that ask for nothing included
 */
export async function commitLines(
  committing: Committing,
  name: ImportName,
  lines: readonly GoodLine[],
  upTo: ImportCheckpoint,
): Promise<Brought> {
  try {
    return await commitTogether(committing, name, lines, upTo);
  } catch (error) {
    const half = Math.ceil(lines.length / 2);
    const middle = lines[half - 1];
    if (middle === undefined || !isRefusedValue(error)) throw error;
    if (lines.length === 1) {
      const brought = await commitTogether(committing, name, [], upTo);
      committing.bad.add(middle.upTo.lines, [NOT_STORED]);
      return brought;
    }
    const first = await commitLines(committing, name, lines.slice(0, half), middle.upTo);
    const second = await commitLines(committing, name, lines.slice(half), upTo);
    return {
      imported: first.imported + second.imported,
      alreadyThere: first.alreadyThere + second.alreadyThere,
    };
  }
}

/** What the database says is for those who know its tables. */
const NOT_STORED: FieldError = {
  pointer: '',
  detail: 'The database can not store a value of this line: it is too long, or out of range.',
};

async function commitTogether(
  { database, bindings, fetch }: Committing,
  name: ImportName,
  lines: readonly GoodLine[],
  upTo: ImportCheckpoint,
): Promise<Brought> {
  await bindings.bindAll(
    name.siteId,
    lines.flatMap(({ wanted }) => wanted.binding ?? []),
  );
  const { outcomes } = await database.inIndexedTransaction((tx) => {
    // Ahead of the log, behind which nothing can be said any more: the neck commits with it.
    saveImportCheckpoint(tx, name, upTo);
    return moderateImages(
      tx,
      lines.map(({ wanted }) => wanted.command),
      { fetch },
    );
  });
  let imported = 0;
  for (const outcome of outcomes) {
    if (!outcome.ok) throw new Error(`a line was refused: ${outcome.refusal}`);
    if (outcome.recorded) imported += 1;
  }
  return { imported, alreadyThere: outcomes.length - imported };
}
