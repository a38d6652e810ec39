import type { Command } from 'commander';
import { SCOPES, scopesOf } from '../../access/scopes.js';
import { accountOf } from '../../accounts/account-of.js';
import { LONGEST_TOKEN_DAYS } from '../../contract/tokens.js';
import { VigieError } from '../../core/errors.js';
import { Membership } from '../../database/entities/membership.entity.js';
import type { ManagedTx } from '../../database/tx.js';
import { issueToken } from '../../sites/issue-token.js';
import { answer, type Cli } from '../cli.js';
import { nameOptions } from '../name-options.js';
import { withDatabase } from '../open-database.js';
import { repeated } from '../repeated.js';
import { shortName } from '../short-name.js';
import { wholeNumber } from '../whole-number.js';

interface Options {
  readonly email: string;
  readonly scope?: readonly string[];
  readonly days: number;
  readonly name: string;
  readonly json?: boolean;
}

/** `staff token`: a personal access token for somebody. */
export function addStaffToken(staff: Command, cli: Cli): void {
  staff
    .command('token')
    .description('Make a personal access token for somebody who has an account')
    .requiredOption('--email <email>', 'their e-mail address')
    .option(
      '--scope <scope>',
      `one of ${SCOPES.join(', ')}; repeatable; else all that their role allows, without accounts and legal`,
      repeated,
    )
    .option(
      '--days <days>',
      `after how many days it ends, 1 to ${LONGEST_TOKEN_DAYS}`,
      wholeNumber,
      LONGEST_TOKEN_DAYS,
    )
    .option('--name <name>', 'to tell tokens apart', shortName, '')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run cli -- staff token --email admin@example.ma
  $ npm run cli -- staff token --email amina@example.ma --scope review --days 30 --json`,
    )
    .action((options: Options) =>
      nameOptions({ scopes: '--scope', days: '--days' }, () => run(cli, options)),
    );
}

async function run(cli: Cli, { email, scope, days, name, json }: Options): Promise<void> {
  await withDatabase(cli, async ({ database }) => {
    const { row, token } = await database.inTransaction(async (tx) => {
      const { staffId, role, legal } = await holderOf(tx, email);
      const allowed = scopesOf(role, legal);
      // What hands out power over others is named.
      const usual = scopesOf(role).filter((one) => one !== 'accounts');
      const request = { staffId, name, scopes: scope ?? usual, days };
      return issueToken(tx, request, { scopes: allowed, staffId: null });
    });
    const expiresAt = row.expiresAt?.toISOString();
    answer(cli, json, { token, scopes: row.scopes, expiresAt }, [
      `Token: ${token}`,
      `For ${row.scopes.join(', ')}, until ${expiresAt}.`,
      'It is shown this once: keep it now.',
    ]);
  });
}

interface Holder {
  readonly staffId: string;
  readonly role: 'admin' | 'lead' | 'moderator';
  readonly legal: boolean;
}

/** An account, and the highest role that it has anywhere. */
async function holderOf(tx: ManagedTx, given: string): Promise<Holder> {
  const { id: staffId, email, admin, legal, disabledAt } = await accountOf(tx, given);
  if (disabledAt !== null) throw new VigieError('CONFLICT', `The account of ${email} was closed.`);
  if (admin) return { staffId, role: 'admin', legal };
  const roles = await tx.manager.findBy(Membership, { staffId });
  if (roles.length === 0) {
    throw new VigieError('CONFLICT', `${email} has no role on any site: "staff create" gives one.`);
  }
  return { staffId, role: roles.some(({ role }) => role === 'lead') ? 'lead' : 'moderator', legal };
}
