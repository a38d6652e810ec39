import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** The pool that TypeORM makes, of which its types say nothing; undefined before that, and once it is closed. */
export const poolOf = ({ driver }: DataSource): Pool | undefined =>
  (driver as unknown as { readonly master?: Pool }).master;
