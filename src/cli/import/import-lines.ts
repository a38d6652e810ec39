import { VigieError } from '../../core/errors.js';
import { EarlyStatistics } from '../../database/early-statistics.js';
import {
  type ImportCheckpoint,
  type ImportName,
  loadImportCheckpoint,
} from '../../database/statements/sites/import-checkpoint.js';
import { commitLines, type Committing, type GoodLine, type Wanted } from './commit-lines.js';
import type { Input } from './open-input.js';
import { parseLine } from './parse-line.js';
import type { Progress } from './progress.js';
import { type Line, readLines } from './read-lines.js';

/** What an import works with. */
export interface Importing extends Committing {
  readonly name: Pick<ImportName, 'siteId' | 'kind'>;
  readonly progress: Progress;
  /** @throws VigieError INVALID with pointers to what is wrong in the line */
  readonly wanted: (line: unknown) => Wanted;
  /** Check only, and write nothing. */
  readonly dryRun: boolean;
  /** Take no notice of what an earlier run has done. */
  readonly fromStart: boolean;
}

/** How an import went. Empty lines are none. */
export interface Imported {
  readonly read: number;
  readonly imported: number;
  readonly alreadyThere: number;
  /** Good lines that an earlier run of the same file has done. */
  readonly skipped: number;
}

/** Lines in one transaction: much larger ones are no faster, and hold their locks longer. */
const BATCH = 500;

/** The input begins like one that was imported, and goes on differently. */
class AnotherFile extends Error {}

/**
 * Imports the lines of an input. A batch and the word how far it came are one transaction, so that whatever ends this, the
 * same input goes on where it ended: nothing is lost, and nothing is there twice. Good lines go in whatever the bad ones
 * say.
 */
export async function importLines(input: Input, importing: Importing): Promise<Imported> {
  try {
    return await new Run(importing).through(input);
  } catch (error) {
    if (!(error instanceof AnotherFile)) throw error;
    if (!input.again) {
      throw new VigieError(
        'INVALID',
        'The input begins like one that was imported before, and goes on differently: add --from-start.',
      );
    }
    importing.bad.restart();
    return new Run({ ...importing, fromStart: true }).through(input);
  }
}

class Run {
  private read = 0;
  private imported = 0;
  private alreadyThere = 0;
  private skipped = 0;
  private batch: GoodLine[] = [];
  private name: ImportName | null = null;
  private before: ImportCheckpoint | undefined;
  private readonly statistics: EarlyStatistics;

  constructor(private readonly importing: Importing) {
    this.statistics = new EarlyStatistics(importing.database);
  }

  async through(input: Input): Promise<Imported> {
    let last: Line | undefined;
    let saved = 0;
    for await (const line of readLines(input.open())) {
      if (line.number === 1) await this.begin(line);
      this.take(line);
      last = line;
      if (line.number < this.from) continue;
      if (line.number === this.from) this.compare(line);
      else if (line.number - Math.max(saved, this.from) >= BATCH) {
        await this.commit(line);
        saved = line.number;
      }
      if (line.number % BATCH === 0) this.report(line);
    }
    if (last !== undefined && last.number < this.from) throw new AnotherFile();
    if (last !== undefined && last.number > Math.max(saved, this.from)) await this.commit(last);
    if (last !== undefined) this.report(last);
    const { read, imported, alreadyThere, skipped } = this;
    return { read, imported, alreadyThere, skipped };
  }

  /** Lines that an earlier run has done. */
  private get from(): number {
    return this.before?.lines ?? 0;
  }

  private async begin(first: Line): Promise<void> {
    const { database, dryRun, fromStart } = this.importing;
    this.name = { ...this.importing.name, head: first.digest() };
    if (!dryRun && !fromStart) this.before = await loadImportCheckpoint(database, this.name);
  }

  private compare(line: Line): void {
    if (this.before !== undefined && !line.digest().equals(this.before.digest)) throw new AnotherFile();
  }

  private take(line: Line): void {
    try {
      const value = parseLine(line);
      if (value === undefined) return;
      const wanted = this.importing.wanted(value);
      this.read += 1;
      if (line.number <= this.from) this.skipped += 1;
      else this.batch.push({ wanted, upTo: upTo(line) });
    } catch (error) {
      if (!(error instanceof VigieError) || error.code !== 'INVALID') throw error;
      this.read += 1;
      this.importing.bad.add(line.number, error.fields);
    }
  }

  private async commit(line: Line): Promise<void> {
    const { batch, name } = this;
    this.batch = [];
    if (this.importing.dryRun || name === null) return;
    const { imported, alreadyThere } = await commitLines(this.importing, name, batch, upTo(line));
    this.imported += imported;
    this.alreadyThere += alreadyThere;
    this.statistics.count(batch.length);
  }

  private report({ number, position }: Line): void {
    this.importing.progress.at(number, position, this.read - this.skipped);
  }
}

const upTo = (line: Line): ImportCheckpoint => ({ lines: line.number, digest: line.digest() });
