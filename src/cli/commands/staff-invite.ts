import { type Command, Option } from 'commander';
import { type MadeLink, makeLink } from '../../accounts/make-link.js';
import type { MemberRole } from '../../contract/members.js';
import { invalid } from '../../core/errors.js';
import { lockStaff } from '../../database/statements/accounts/lock-staff.js';
import type { ManagedTx } from '../../database/tx.js';
import { addMember } from '../../sites/add-member.js';
import { createStaff } from '../../sites/create-staff.js';
import { answer, type Cli } from '../cli.js';
import { linkLines, linkResult, warnOfAddress } from '../link-lines.js';
import { nameOptions } from '../name-options.js';
import { type OpenDatabase, withDatabase } from '../open-database.js';
import { siteNamed } from '../site-named.js';

interface Options {
  readonly email: string;
  readonly role?: MemberRole;
  readonly site?: string;
  readonly admin?: boolean;
  readonly json?: boolean;
}

interface Invited {
  readonly email: string;
  readonly admin: boolean;
  readonly membership: { readonly siteId: string; readonly role: MemberRole } | null;
}

/** `staff invite`: an account whose owner sets the password. */
export function addStaffInvite(staff: Command, cli: Cli): void {
  staff
    .command('invite')
    .description('Make an account, and a link, good for an hour, by which its owner sets a password')
    .requiredOption('--email <email>', 'their e-mail address')
    .addOption(new Option('--role <role>', 'on the site of --site').choices(['lead', 'moderator']))
    .option('--site <site>', 'id or slug of the site')
    .option('--admin', 'they may do everything, on all sites')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Again, it makes a new link for who has set no password yet; the link before is not good any more.

Examples:
  $ npm run cli -- staff invite --email amina@example.ma --role moderator --site revue
  $ npm run cli -- staff invite --email admin@example.ma --admin`,
    )
    .action((options: Options) =>
      nameOptions({ email: '--email', site: '--site', role: '--role', admin: '--admin' }, () =>
        run(cli, options),
      ),
    );
}

const NO_RIGHTS =
  'No rights were given with it. Say --admin, or --role and --site, to give some: the same command may be said again.';

async function run(cli: Cli, options: Options): Promise<void> {
  const { email, role, site: siteName, admin = false, json } = options;
  // First, or each of the other two would ask for what is refused here.
  if (admin && (role !== undefined || siteName !== undefined))
    throw invalid('/admin', 'An admin works for all sites: leave --role and --site out, or --admin.');
  if (role !== undefined && siteName === undefined)
    throw invalid('/site', `A ${role} works for a site: name it with --site.`);
  if (role === undefined && siteName !== undefined)
    throw invalid('/role', 'Say what they are on the site: --role lead or --role moderator.');
  await withDatabase(cli, async (open) => {
    const site = siteName === undefined ? null : await siteNamed(open, siteName);
    const membership = site === null || role === undefined ? null : { siteId: site.id, role };
    const link = await open.database.inTransaction((tx) => inviteTo(tx, { email, admin, membership }, open));
    if (link !== null) warnOfAddress(cli, open.config);
    const shown = email.trim().toLowerCase();
    answer(cli, json, { email: shown, invitation: link === null ? null : linkResult(link) }, [
      ...(link === null
        ? [
            `${shown} has an account with a password already: it keeps it. "staff reset" makes a link for another.`,
          ]
        : linkLines(link, `For ${shown}, to set a password:`)),
      ...(admin || membership !== null ? [] : [NO_RIGHTS]),
    ]);
  });
}

/** The link, or null for who has a password. */
async function inviteTo(tx: ManagedTx, invited: Invited, { config }: OpenDatabase): Promise<MadeLink | null> {
  const staffId = await accountFor(tx, invited);
  const account = await lockStaff(tx, staffId);
  if (account?.hasPassword === true) return null;
  const site = invited.membership === null ? {} : { siteId: invited.membership.siteId };
  return makeLink(tx, { staffId, purpose: 'invitation', ...site }, 'operator', config);
}

async function accountFor(tx: ManagedTx, { email, admin, membership }: Invited): Promise<string> {
  if (membership !== null) {
    const { siteId, role } = membership;
    return (await addMember(tx, siteId, { email, role }, null)).staff.id;
  }
  return (await createStaff(tx, { email, admin }, null)).staff.id;
}
