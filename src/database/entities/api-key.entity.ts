import { Column, Entity, PrimaryColumn } from 'typeorm';

export type KeyKind = 'publishable' | 'secret' | 'staff';

/** A key of a site, or a personal access token of staff. Only its SHA-256 is kept. */
@Entity('api_key')
export class ApiKey {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column({ type: 'text' })
  kind!: KeyKind;

  @Column({ type: 'bigint', name: 'site_id', nullable: true })
  siteId!: string | null;

  @Column({ type: 'bigint', name: 'staff_id', nullable: true })
  staffId!: string | null;

  @Column({ type: 'bytea' })
  hash!: Buffer;

  /** The key's last four characters, so that a person can tell keys apart. */
  @Column({ type: 'text' })
  hint!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', array: true })
  scopes!: string[];

  @Column({ type: 'timestamptz', name: 'created_at', insert: false, update: false })
  createdAt!: Date;

  @Column({ type: 'bigint', name: 'created_by', nullable: true })
  createdBy!: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
}
