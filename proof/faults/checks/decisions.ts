import { Sealed } from '../../../src/access/sealing/sealed.js';
import { SECRET } from '../../../test/setup/process.js';
import type { Check } from './check.js';

interface Row {
  readonly id: string;
  readonly case: string;
  readonly version: number;
  readonly action: string;
  readonly policy: string | null;
  readonly note: string;
  readonly undone: boolean;
}

const sealed = new Sealed(Buffer.from(SECRET));

/** I1, I8: every decision that was acknowledged is in the tables as it was typed, and undone if that was; none is there twice. */
export const decisionsAreThere: Check = {
  name: 'I1, I8: acknowledged decisions and undos are in the tables, one for each version of a case',
  async find({ client, known }) {
    const { rows } = await client.query<Row>(
      `select id, case_id as case, case_version as version, action, policy, note, undone_at is not null as undone
       from decision where case_id is not null`,
    );
    const found: string[] = [];
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const [id, wanted] of known.decisions) {
      const row = byId.get(sealed.databaseId('dec', id) ?? '');
      if (row === undefined) {
        found.push(`I1: decision ${id} (${wanted.note}) is not there`);
        continue;
      }
      const is = { ...row, id, case: sealed.id('case', row.case), undone: wanted.undone };
      const { case: caseId, version, action, policy, note, undone } = wanted;
      const should = { id, case: caseId, version, action, policy, note, undone };
      if (JSON.stringify(is) !== JSON.stringify(should))
        found.push(`I1: decision ${row.id} is ${JSON.stringify(is)}, and was ${JSON.stringify(should)}`);
      if (undone !== 'unknown' && undone !== row.undone)
        found.push(`I1: decision ${row.id} (${note}) ${undone ? 'was undone, and stands' : 'stands undone'}`);
    }
    return [...found, ...twice(rows, known.notes)];
  },
};

function twice(rows: readonly Row[], notes: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const seen = new Map<string, string>();
  for (const { id, case: caseId, version, note } of rows) {
    for (const name of [`version ${version} of case ${caseId}`, `what was asked as "${note}"`]) {
      const before = seen.get(name);
      if (before !== undefined) found.push(`I8: ${name} has two decisions, ${before} and ${id}`);
      seen.set(name, id);
    }
    if (!notes.has(note)) found.push(`I8: nobody asked for decision ${id} (${note})`);
  }
  return found;
}
