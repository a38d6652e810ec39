import type { Tx } from '../../tx.js';

export type LinkPurpose = 'invitation' | 'reset';

/** A link to be. */
export interface NewLink {
  readonly staffId: string;
  readonly purpose: LinkPurpose;
  /** SHA-256 of what it holds; null: it is made when it is mailed. */
  readonly hash: Buffer | null;
  /** Null: the operator, or who asked for their own. */
  readonly createdBy: string | null;
}

/** A link that can still be used, with whose it is. */
export interface OpenLink {
  readonly staffId: string;
  readonly email: string;
  readonly purpose: LinkPurpose;
  readonly expiresAt: Date;
}

const insert = {
  name: 'insert-account-link',
  // One that waits to be mailed has a day for it; its hour begins when it is.
  text: `
    insert into account_link (staff_id, purpose, hash, created_by, expires_at)
    values ($1, $2, $3, $4, clock_timestamp() + case when $3::bytea is null then interval '1 day' else interval '1 hour' end)
    returning id, expires_at as "expiresAt"`,
};

const spendAll = {
  name: 'spend-account-links',
  // By account_link_staff.
  text: `update account_link set spent_at = clock_timestamp() where staff_id = $1 and spent_at is null`,
};

const spendLesser = {
  name: 'spend-lesser-account-links',
  // By account_link_staff.
  text: `
    update account_link l
    set spent_at = clock_timestamp()
    where l.staff_id = $1 and l.spent_at is null and l.created_by is not null
      and l.created_by is distinct from $2
      and not ($3::boolean and exists (select from staff m
                                       where m.id = l.created_by and m.admin and m.disabled_at is null))`,
};

const open = `l.spent_at is null and l.expires_at > clock_timestamp() and s.disabled_at is null`;

const find = {
  name: 'find-account-link',
  text: `
    select l.staff_id as "staffId", s.email, l.purpose, l.expires_at as "expiresAt"
    from account_link l
    join staff s on s.id = l.staff_id
    where l.hash = $1 and ${open}`,
};

const spend = {
  name: 'spend-account-link',
  text: `
    update account_link l
    set spent_at = clock_timestamp()
    from staff s
    where l.hash = $1 and s.id = l.staff_id and ${open}`,
};

const arm = {
  name: 'arm-account-link',
  text: `
    update account_link l
    set hash = $2, expires_at = clock_timestamp() + interval '1 hour'
    from staff s
    where l.id = $1 and s.id = l.staff_id and l.spent_at is null and s.disabled_at is null
      and l.created_at > clock_timestamp() - interval '1 day'
    returning s.email, l.purpose,
              (select w.locale from membership m join site w on w.id = m.site_id
               where m.staff_id = s.id order by m.created_at, w.id limit 1) as locale`,
};

/** Stores a link, good for an hour. */
export async function insertLink(
  tx: Tx,
  { staffId, purpose, hash, createdBy }: NewLink,
): Promise<{ readonly id: string; readonly expiresAt: Date }> {
  const [row] = await tx.query<{ id: string; expiresAt: Date }>(insert, [staffId, purpose, hash, createdBy]);
  if (row === undefined) throw new Error('the link was not stored');
  return row;
}

/** Makes every open link of a person useless. */
export const spendLinks = (tx: Tx, staffId: string): void => tx.send(spendAll, [staffId]);

/**
 * The account is about to be given a right: makes the open links useless whose makers could not have given it, or whoever
 * kept one would have it. Those that the operator made, or the person asked for, stay. The account must be locked.
 *
 * @param given by whom; their own links stay, and those of admins, unless the operator alone gives the right
 */
export const spendLesserLinks = (
  tx: Tx,
  staffId: string,
  given: { readonly by: string | null; readonly adminsMay: boolean },
): void => tx.send(spendLesser, [staffId, given.by, given.adminsMay]);

/** The link with this SHA-256, unless it was spent, is over, or its account was closed. */
export async function findLink(db: Pick<Tx, 'query'>, hash: Buffer): Promise<OpenLink | undefined> {
  const [row] = await db.query<OpenLink>(find, [hash]);
  return row;
}

/** Uses a link up. False: somebody did before, or it is over. */
export const spendLink = async (tx: Tx, hash: Buffer): Promise<boolean> =>
  (await tx.count(spend, [hash])) === 1;

/** Whom a link is mailed to. */
export interface MailedLink {
  readonly email: string;
  readonly purpose: LinkPurpose;
  /** Of the first site they work for; null: none. */
  readonly locale: string | null;
}

/** Gives a link its secret, in the place of one that was not delivered; its hour begins. None: it is not wanted any more. */
export async function armLink(
  db: Pick<Tx, 'query'>,
  linkId: string,
  hash: Buffer,
): Promise<MailedLink | undefined> {
  const [row] = await db.query<MailedLink>(arm, [linkId, hash]);
  return row;
}
