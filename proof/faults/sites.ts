import { DataSource } from 'typeorm';
import { hashPassword, makePassword } from '../../src/access/staff/passwords.js';
import { readerSigningSecret } from '../../src/access/readers/reader-token.js';
import { scopesOf } from '../../src/access/scopes.js';
import type { RuleChange } from '../../src/core/threshold-rule.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { Membership } from '../../src/database/entities/membership.entity.js';
import type { ManagedTx } from '../../src/database/tx.js';
import { createKey } from '../../src/sites/create-key.js';
import { createSite } from '../../src/sites/create-site.js';
import { createStaff, type Credentials } from '../../src/sites/create-staff.js';
import { issueToken } from '../../src/sites/issue-token.js';
import { SECRET } from '../../test/setup/process.js';

/** A site of the installation, with everything by which it, its readers and its staff ask. */
export interface Site {
  readonly id: string;
  readonly slug: string;
  readonly origin: string;
  /** Beginning of the addresses of its images, at which nothing is fetched. */
  readonly images: string;
  /** Beginning of those at which pictures are. */
  readonly pictures: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly signingSecret: string;
  /** Of a moderator, and of a lead. */
  readonly staff: readonly [string, string];
  /** Of a moderator who signs in. */
  readonly account: { readonly email: string; readonly password: string };
}

/**
 * Their names are in each address of theirs, and in no word of the service: whatever names the one in an answer to the other
 * has crossed over (I9).
 */
export const SLUGS = ['gazette', 'voisin'] as const;

/** Port 9 is none of web servers: the service does not even connect to it (get-safely.ts). */
const NOTHING_THERE = 'https://127.0.0.30:9';

/** People are few and quick here: their votes come in bursts, and block far more than twenty images in an hour. */
const RULES: Readonly<Record<(typeof SLUGS)[number], RuleChange>> = {
  gazette: { reporters: 3, hold: false, breaker: null, minNetworks: 2 },
  voisin: { reporters: 4, breaker: { perHour: 300, factor: 4 }, minNetworks: 2 },
};

/**
 * Makes both, straight in a migrated database.
 *
 * @param pictures where the pictures of each are: `http://host:port`
 */
export async function makeSites(
  databaseUrl: string,
  pictures: readonly [string, string],
): Promise<[Site, Site]> {
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, 2)).initialize();
  const password = makePassword();
  const credentials = { password, hash: await hashPassword(password) };
  try {
    return await new Database(dataSource).inTransaction(async (tx) => [
      await makeSite(tx, SLUGS[0], credentials, pictures[0]),
      await makeSite(tx, SLUGS[1], credentials, pictures[1]),
    ]);
  } finally {
    await dataSource.destroy();
  }
}

async function makeSite(
  tx: ManagedTx,
  slug: (typeof SLUGS)[number],
  credentials: Credentials,
  pictures: string,
): Promise<Site> {
  const origin = `https://www.${slug}.ma`;
  const imageHosts = [NOTHING_THERE, pictures].map((address) => new URL(address).host);
  const context = { staffId: null, production: true };
  const { id } = await createSite(tx, { slug, name: slug, origins: [origin], imageHosts }, context);
  await tx.manager.query('update threshold_rule set rule = rule || $2 where site_id = $1', [
    id,
    JSON.stringify(RULES[slug]),
  ]);
  const { key: publishableKey } = await createKey(tx, id, 'publishable', '', null);
  const { key: secretKey } = await createKey(tx, id, 'secret', '', null);
  return {
    id,
    slug,
    origin,
    images: `${NOTHING_THERE}/${slug}`,
    pictures: `${pictures}/${slug}`,
    publishableKey,
    secretKey,
    signingSecret: readerSigningSecret(Buffer.from(SECRET), id),
    staff: [await tokenOf(tx, id, slug, 'moderator'), await tokenOf(tx, id, slug, 'lead')],
    account: await makeStaff(tx, id, `desk@${slug}.ma`, 'moderator', credentials),
  };
}

/** A token of a new member of staff, who has no password. */
async function tokenOf(
  tx: ManagedTx,
  siteId: string,
  slug: string,
  role: 'moderator' | 'lead',
): Promise<string> {
  const { staffId } = await makeStaff(tx, siteId, `${role}@${slug}.ma`, role, { password: '-', hash: '-' });
  const scopes = scopesOf(role);
  const request = { staffId, name: '', scopes, days: 1 };
  return (await issueToken(tx, request, { scopes, staffId: null })).token;
}

async function makeStaff(
  tx: ManagedTx,
  siteId: string,
  email: string,
  role: 'moderator' | 'lead',
  credentials: Credentials,
) {
  const { staff } = await createStaff(tx, { email, admin: false }, credentials);
  await tx.manager.insert(Membership, { siteId, staffId: staff.id, role });
  return { staffId: staff.id, email, password: credentials.password };
}
