import type { DecisionAction, ReportsVerdict } from '../../../core/command.js';
import type { Tx } from '../../tx.js';

export interface DecisionRow {
  readonly id: string;
  readonly siteId: string;
  readonly imageId: string;
  readonly caseId: string | null;
  readonly caseVersion: number | null;
  readonly round: number;
  readonly content: number | null;
  readonly action: DecisionAction;
  readonly policy: string | null;
  readonly note: string | null;
  readonly reports: ReportsVerdict;
  /** SHA-256 of the lease's token, in hexadecimal. */
  readonly leaseToken: string | null;
  readonly staffId: string;
  readonly email: string;
  readonly at: Date;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly undoneByEmail: string | null;
}

const columns = `d.id, d.site_id as "siteId", d.image_id as "imageId", d.case_id as "caseId",
           d.case_version as "caseVersion", d.round, d.content, d.action, d.policy, d.note, d.reports,
           encode(d.lease_token, 'hex') as "leaseToken", d.staff_id as "staffId", a.email, d.at,
           d.undone_at as "undoneAt", d.undone_by as "undoneBy", u.email as "undoneByEmail"`;

const byIds = {
  name: 'read-decisions',
  text: `
    select ${columns}
    from unnest($1::bigint[]) as w (id)
    join decision d on d.id = w.id
    join staff a on a.id = d.staff_id
    left join staff u on u.id = d.undone_by`,
};

const onCases = {
  name: 'read-decisions-on-cases',
  // By decision_image: an image has few decisions.
  text: `
    select ${columns}, w.n::int as n, d.latest
    from unnest($1::bigint[], $2::int[]) with ordinality as w (id, version, n)
    join moderation_case c on c.id = w.id
    cross join lateral (
      select x.*, x.id = max(x.id) over () as latest
      from decision x
      where x.site_id = c.site_id and x.image_id = c.image_id and x.case_id = c.id
    ) d
    join staff a on a.id = d.staff_id
    left join staff u on u.id = d.undone_by
    where d.latest or d.case_version = w.version`,
};

const latestOfImage = {
  name: 'read-latest-decision-of-image',
  text: `
    select ${columns}
    from decision d
    join staff a on a.id = d.staff_id
    left join staff u on u.id = d.undone_by
    where d.site_id = $1 and d.image_id = $2 and d.undone_at is null
    order by d.id desc
    limit 1`,
};

/** Decisions by their ids, in no order; unknown ones are left out. */
export const readDecisions = (db: Pick<Tx, 'query'>, ids: readonly string[]): Promise<DecisionRow[]> =>
  db.query(byIds, [ids]);

/** What was decided on a case. Undone decisions are among them. */
export interface DecisionsOnCase {
  readonly latest: DecisionRow | undefined;
  /** The one for which the case had the version that was asked for: a version is decided on once. */
  readonly atVersion: DecisionRow | undefined;
}

/** What was decided on cases, in their order. */
export async function readDecisionsOnCases(
  db: Pick<Tx, 'query'>,
  cases: readonly { readonly caseId: string; readonly version: number }[],
): Promise<DecisionsOnCase[]> {
  if (cases.length === 0) return [];
  const rows = await db.query<DecisionRow & { readonly n: number; readonly latest: boolean }>(onCases, [
    cases.map(({ caseId }) => caseId),
    cases.map(({ version }) => version),
  ]);
  return cases.map(({ version }, index) => {
    const decided = rows.filter(({ n }) => n === index + 1);
    return {
      latest: decided.find(({ latest }) => latest),
      atVersion: decided.find(({ caseVersion }) => caseVersion === version),
    };
  });
}

/** The latest decision on an image that was not undone. */
export async function readStandingDecision(
  db: Pick<Tx, 'query'>,
  image: { readonly siteId: string; readonly imageId: string },
): Promise<DecisionRow | undefined> {
  const [row] = await db.query<DecisionRow>(latestOfImage, [image.siteId, image.imageId]);
  return row;
}
