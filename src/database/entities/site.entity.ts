import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AddressRules } from '../../core/address-rules.js';
import type { Locale, Reason } from '../../core/reasons.js';

/** A publisher: the tenant. */
@Entity('site')
export class Site {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text' })
  slug!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', array: true })
  origins!: string[];

  @Column({ type: 'text', array: true, name: 'image_hosts' })
  imageHosts!: string[];

  @Column({ type: 'jsonb', name: 'address_rules' })
  addressRules!: AddressRules;

  @Column({ type: 'text' })
  locale!: Locale;

  @Column({ type: 'text', name: 'time_zone' })
  timeZone!: string;

  /** The reasons that readers of this site may choose. */
  @Column({ type: 'text', array: true })
  reasons!: Reason[];

  /** Whether near pictures of what a person blocked are suggested to moderators, or blocked, too. */
  @Column({ type: 'text', name: 'near_matches', default: 'suggest' })
  nearMatches!: 'suggest' | 'block';

  /** What the newsroom must do when somebody gives the severe reason; null: the site has written nothing. */
  @Column({ type: 'text', name: 'severe_instructions', nullable: true })
  severeInstructions!: string | null;

  @Column({ type: 'int', name: 'rule_version' })
  ruleVersion!: number;

  @Column({ type: 'boolean' })
  demo!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false })
  createdAt!: Date;
}
