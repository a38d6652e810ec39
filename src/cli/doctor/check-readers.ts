import type { VigieConfig } from '../../config/load-config.js';
import type { Database } from '../../database/database.js';
import { secondsLateToForget } from '../../database/statements/readers/forget-readers.js';
import { type Finding, ok, warning } from './finding.js';

/** Seconds by which forgetting may be late before somebody should look: it is done every ten minutes. */
const LATE = 3_600;

/** Whether readers are forgotten when they should be. Needs a migrated database. */
export async function checkReaders(database: Database, { readers }: VigieConfig): Promise<Finding> {
  const seconds = await secondsLateToForget(database, readers.pseudonymDays);
  if (seconds <= LATE)
    return ok(
      'readers',
      `Forgotten ${readers.pseudonymDays} days after a case was closed; nobody is overdue`,
    );
  return warning(
    'readers',
    `Some should have been forgotten ${Math.floor(seconds / 3_600)} h ago: is a process with ROLE=worker or all running? ` +
      '"retention" does it now.',
  );
}
