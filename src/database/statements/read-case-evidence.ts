import type { Evidence } from '../../core/image-state.js';
import type { Tx } from '../tx.js';

export interface EvidenceRow {
  readonly evidence: Evidence;
  readonly ruleVersion: number;
  readonly at: Date;
  readonly standing: boolean;
}

const statement = {
  name: 'read-case-evidence',
  // The block that stands, else what the log froze when it was put up.
  text: `
    (select b.evidence, b.rule_version as "ruleVersion", b.since as at, true as standing
     from block b
     where b.site_id = $1 and b.image_id = $2 and b.source = 'threshold' and b.ref::int between $4 and $5
     order by b.since desc
     limit 1)
    union all
    (select e.data -> 'evidence', e.rule_version,
            case when e.type = 'image.blocked'
                 then to_timestamp((e.visibility ->> 'since')::float8 / 1000)
                 else e.at
            end, false
     from event e
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
