import {
  type AskedReporter,
  loadReporters,
  type ReporterRow,
} from '../database/statements/readers/load-reporters.js';
import type { Tx } from '../database/tx.js';
import type { ImageCommand } from './image-command.js';

/** What is known of a reporter before their vote is cast. */
export type ReporterRecord = Pick<ReporterRow, 'muted' | 'used'>;

const NEW_REPORTER: ReporterRecord = { muted: false, used: 0 };

/** What is known of those who report, by site and person. */
export class ReporterRecords {
  private readonly records = new Map<string, ReporterRecord>();

  /** @param asked in the order in which the rows number them */
  constructor(rows: readonly ReporterRow[] = [], asked: readonly AskedReporter[] = []) {
    for (const { n, person, muted, used } of rows) {
      const { siteId = '', reporter = person } = asked[n - 1] ?? {};
      this.add(siteId, person, { muted, used });
      // Whoever comes along with the device of somebody who is muted asks for the device.
      if (!reporter.equals(person)) this.add(siteId, reporter, { muted, used: 0 });
    }
  }

  private add(siteId: string, person: Buffer, { muted, used }: ReporterRecord): void {
    const known = this.of(siteId, person);
    this.records.set(personKey(siteId, person), {
      muted: known.muted || muted,
      used: Math.max(known.used, used),
    });
  }

  of(siteId: string, person: Buffer): ReporterRecord {
    return this.records.get(personKey(siteId, person)) ?? NEW_REPORTER;
  }
}

/** One person on one site. */
export const personKey = (siteId: string, person: Buffer): string => `${siteId} ${person.toString('latin1')}`;

/** What is known of those who report by these commands. One statement; none where nobody reports. */
export async function recordsOfReporters(
  tx: Tx,
  commands: readonly ImageCommand[],
): Promise<ReporterRecords> {
  const asked = new Map<string, AskedReporter>();
  for (const command of commands) {
    if (command.type !== 'report') continue;
    const { siteId } = command;
    const { kind, hash, device } = command.reporter;
    const key = personKey(siteId, hash);
    asked.set(key, { siteId, reporter: hash, kind: kind === 'device' ? 'device' : 'account' });
    if (device !== null && !asked.has(personKey(siteId, device)))
      asked.set(personKey(siteId, device), { siteId, reporter: device, kind: 'beside' });
  }
  if (asked.size === 0) return new ReporterRecords();
  const all = [...asked.values()];
  return new ReporterRecords(await loadReporters(tx, all), all);
}
