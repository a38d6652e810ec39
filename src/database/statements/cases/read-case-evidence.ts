import type { Evidence } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';
import { firstReport } from '../votes/first-report.js';

export interface EvidenceRow {
  readonly evidence: Evidence;
  readonly ruleVersion: number;
  readonly at: Date;
  readonly standing: boolean;
  /** When the first of the counted reports came; null where none of them is left. */
  readonly firstReportAt: Date | null;
}

const statement = {
  name: 'read-case-evidence',
  // The block that stands, else what the log froze when it was put up.
  text: `
    (select b.evidence, b.rule_version as "ruleVersion", b.since as at, true as standing,
            ${firstReport('= b.ref::int', { at: 'b.since', rule: 'b.rule_version' })} as "firstReportAt"
     from block b
     where b.site_id = $1 and b.image_id = $2 and b.source = 'threshold' and b.ref::int between $4 and $5
     order by b.since desc
     limit 1)
    union all
    (select e.data -> 'evidence', e.rule_version, t.at, false,
            ${firstReport('between $4 and $5', { at: 't.at', rule: 'e.rule_version' })}
     from event e
     cross join lateral (
       select case when e.type = 'image.blocked'
                   then to_timestamp((e.visibility ->> 'since')::float8 / 1000)
                   else e.at
              end as at) t
     where e.site_id = $1 and e.image_id = $2 and e.case_id = $3
       and e.type in ('image.blocked', 'block.added') and e.data ? 'evidence' and e.rule_version is not null
     order by e.seq desc
     limit 1)
    order by standing desc
    limit 1`,
};

/** Why a rule blocked the image of this case, frozen at that moment; undefined when none did. */
export async function readCaseEvidence(
  db: Pick<Tx, 'query'>,
  of: {
    readonly siteId: string;
    readonly imageId: string;
    readonly id: string;
    readonly round: number;
    readonly lastRound: number;
  },
): Promise<EvidenceRow | undefined> {
  const [row] = await db.query<EvidenceRow>(statement, [
    of.siteId,
    of.imageId,
    of.id,
    of.round,
    of.lastRound,
  ]);
  return row;
}
