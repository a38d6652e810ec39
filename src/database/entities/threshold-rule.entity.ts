import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ThresholdRule } from '../../core/threshold-rule.js';

/** One version of a site's rule. Versions are only ever added. */
@Entity('threshold_rule')
export class ThresholdRuleVersion {
  @PrimaryColumn({ type: 'bigint', name: 'site_id' })
  siteId!: string;

  @PrimaryColumn({ type: 'int' })
  version!: number;

  @Column({ type: 'jsonb' })
  rule!: ThresholdRule;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false })
  createdAt!: Date;

  @Column({ type: 'bigint', name: 'created_by', nullable: true })
  createdBy!: string | null;
}
