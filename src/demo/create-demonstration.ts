import type { NewKey } from '../access/keys/api-keys.js';
import { scopesOf } from '../access/scopes.js';
import type { ManagedTx } from '../database/tx.js';
import type { Neck } from '../moderation/neck.js';
import { changeThresholdRule } from '../sites/change-threshold-rule.js';
import { createKey } from '../sites/create-key.js';
import { createSite } from '../sites/create-site.js';
import { type Credentials, createStaff, makeCredentials } from '../sites/create-staff.js';
import { issueToken } from '../sites/issue-token.js';
import { DEMONSTRATION_RULE } from './demonstration-rule.js';
import { fillTheDay } from './fill-the-day.js';

/** What a newcomer needs to know of the demonstration site. */
export interface Demonstration {
  readonly siteId: string;
  readonly slug: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly email: string;
  readonly password: string | null;
  readonly staffId: string;
  readonly staffToken: string;
}

const SLUG = 'demo';
/** The e-mail address of the demonstration's administrator. */
export const ADMINISTRATOR = 'admin@vigie.localhost';

/**
 * Makes the demonstration site, its keys, an administrator, and a day of reports: in one transaction, so that nobody meets
 * half a day, and decides on what is reported only then, nor is left with half of it by a process that was ended.
 *
 * @param publishable the key that the demonstration's pages show
 * @throws VigieError CONFLICT when it is there
 */
export async function createDemonstration(
  neck: Neck,
  publicUrl: string,
  publishable: NewKey,
): Promise<Demonstration> {
  const credentials = await makeCredentials();
  return neck.inTransaction(async (tx, moderate) => {
    const demonstration = await createSiteAndStaff(tx, publicUrl, publishable, credentials);
    await fillTheDay(moderate, publicUrl, demonstration);
    return demonstration;
  });
}

async function createSiteAndStaff(
  tx: ManagedTx,
  publicUrl: string,
  publishable: NewKey,
  credentials: Credentials,
): Promise<Demonstration> {
  const context = { staffId: null, production: false };
  const { origin, port } = new URL(publicUrl);
  const origins = [...new Set([origin, `http://localhost${port === '' ? '' : `:${port}`}`])];
  const site = await createSite(
    tx,
    {
      slug: SLUG,
      name: 'La Vigie du Matin',
      origins,
      addressRules: { presets: ['wordpress'], ignoreParameters: ['w'] },
      locale: 'fr',
      timeZone: 'Africa/Casablanca',
    },
    context,
    true,
  );
  await changeThresholdRule(tx, site.id, DEMONSTRATION_RULE, undefined, null);
  const { key: publishableKey } = await createKey(
    tx,
    site.id,
    'publishable',
    'demonstration',
    null,
    publishable,
  );
  const { key: secretKey } = await createKey(tx, site.id, 'secret', 'demonstration', null);
  const { staff, password } = await createStaff(tx, { email: ADMINISTRATOR, admin: true }, credentials);
  const scopes = scopesOf('admin');
  const request = { staffId: staff.id, name: 'demonstration', scopes, days: 90 };
  const { token: staffToken } = await issueToken(tx, request, { scopes, staffId: null });
  return {
    siteId: site.id,
    slug: SLUG,
    publishableKey,
    secretKey,
    email: ADMINISTRATOR,
    password,
    staffToken,
    staffId: staff.id,
  };
}
