import { Column, Entity, PrimaryColumn } from 'typeorm';

export type MembershipRole = 'moderator' | 'lead';

/** What a member of staff may do on one site. */
@Entity('membership')
export class Membership {
  @PrimaryColumn({ type: 'bigint', name: 'site_id' })
  siteId!: string;

  @PrimaryColumn({ type: 'bigint', name: 'staff_id' })
  staffId!: string;

  @Column({ type: 'text' })
  role!: MembershipRole;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false })
  createdAt!: Date;
}
