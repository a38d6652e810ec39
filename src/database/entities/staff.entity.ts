import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person who reviews or administers. Roles are per site (Membership), except `admin`: everything, everywhere. */
@Entity('staff')
export class Staff {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  /** In lower case. */
  @Column({ type: 'text' })
  email!: string;

  /** Null: invited, and has set none yet. */
  @Column({ type: 'text', name: 'password_hash', select: false, nullable: true })
  passwordHash!: string | null;

  @Column({ type: 'boolean' })
  admin!: boolean;

  /** May open what is sealed (docs/rules.md, rule 6). */
  @Column({ type: 'boolean', insert: false })
  legal!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'disabled_at', nullable: true })
  disabledAt!: Date | null;
}
