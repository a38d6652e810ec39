import { type Command, Option } from 'commander';
import { invalid } from '../../core/errors.js';
import { addMember } from '../../sites/add-member.js';
import { changeLegal } from '../../sites/change-legal.js';
import { createStaff, giveFirstPassword, makeCredentials } from '../../sites/create-staff.js';
import { answer, type Cli } from '../cli.js';
import { nameOptions } from '../name-options.js';
import { withDatabase } from '../open-database.js';
import { siteNamed } from '../site-named.js';

interface Options {
  readonly email: string;
  readonly role: 'admin' | 'lead' | 'moderator';
  readonly site?: string;
  readonly legal?: boolean;
  readonly json?: boolean;
}

/** `staff create`: an account, or another role for one that there is. */
export function addStaffCreate(staff: Command, cli: Cli): void {
  staff
    .command('create')
    .description('Make an account for somebody, or give somebody a role on a site')
    .requiredOption('--email <email>', 'their e-mail address')
    .addOption(
      new Option('--role <role>', 'admin: everything; lead and moderator: on one site')
        .choices(['admin', 'lead', 'moderator'])
        .makeOptionMandatory(),
    )
    .option('--site <site>', 'id or slug of the site of a lead or moderator')
    .option('--legal', 'they may open what is sealed, too ("staff legal" takes it back)')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npm run cli -- staff create --email admin@example.ma --role admin
  $ npm run cli -- staff create --email amina@example.ma --role moderator --site revue`,
    )
    .action((options: Options) => nameOptions({ email: '--email', site: '--site' }, () => run(cli, options)));
}

async function run(cli: Cli, { email, role, site: siteName, legal = false, json }: Options): Promise<void> {
  if (role !== 'admin' && siteName === undefined) {
    throw invalid('/site', `A ${role} works for a site: name it with --site.`);
  }
  if (role === 'admin' && siteName !== undefined) {
    throw invalid('/site', 'An admin works for all sites: leave --site out.');
  }
  await withDatabase(cli, async (open) => {
    const site = siteName === undefined ? null : await siteNamed(open, siteName);
    const credentials = await makeCredentials();
    const { staff, password } = await open.database.inTransaction(async (tx) => {
      const created =
        role === 'admin' || site === null
          ? await createStaff(tx, { email, admin: true }, credentials)
          : await addMember(tx, site.id, { email, role }, credentials);
      if (legal) await changeLegal(tx, email, true);
      if (created.password !== null) return created;
      const isGiven = await giveFirstPassword(tx, created.staff.id, credentials.hash);
      return { ...created, password: isGiven ? credentials.password : null };
    });
    const result = {
      staff: {
        id: open.sealed.id('stf', staff.id),
        email: staff.email,
        role,
        site: site?.slug ?? null,
        ...(legal ? { legal } : {}),
      },
      password,
    };
    answer(cli, json, result, [
      `${staff.email} is ${role}${site === null ? ' of all sites' : ` of ${site.slug}`} (${result.staff.id}).`,
      ...(legal ? ['They may open what is sealed, with a token that has the scope "legal".'] : []),
      password === null
        ? 'They had an account already: it keeps its password.'
        : `Password: ${password}\nIt is shown this once: pass it on now.`,
    ]);
  });
}
