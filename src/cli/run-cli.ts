import { Command, CommanderError } from 'commander';
import { type Cli, withoutOrders } from './cli.js';
import { addBackup } from './commands/backup.js';
import { addDoctor } from './commands/doctor.js';
import { addJobsList } from './commands/jobs-list.js';
import { addJobsRetry } from './commands/jobs-retry.js';
import { addImport } from './commands/import.js';
import { addFeedNewEpoch } from './commands/feed-new-epoch.js';
import { addFeedStatus } from './commands/feed-status.js';
import { addFingerprint } from './commands/fingerprint.js';
import { addKeysCreate } from './commands/keys-create.js';
import { addKeysList } from './commands/keys-list.js';
import { addKeysRevoke } from './commands/keys-revoke.js';
import { addMuteLift } from './commands/mute-lift.js';
import { addMuteList } from './commands/mute-list.js';
import { addOpenapi } from './commands/openapi.js';
import { addReaderExport } from './commands/reader-export.js';
import { addReaderForget } from './commands/reader-forget.js';
import { addReconcile } from './commands/reconcile.js';
import { addRestore } from './commands/restore.js';
import { addRetention } from './commands/retention.js';
import { addRuleApply } from './commands/rule-apply.js';
import { addRuleReplay } from './commands/rule-replay.js';
import { addRuleSet } from './commands/rule-set.js';
import { addRuleShow } from './commands/rule-show.js';
import { addSiteCreate } from './commands/site-create.js';
import { addSiteList } from './commands/site-list.js';
import { addStaffClearSecondFactor } from './commands/staff-clear-second-factor.js';
import { addStaffClose, addStaffOpen } from './commands/staff-close.js';
import { addStaffCreate } from './commands/staff-create.js';
import { addStaffInvite } from './commands/staff-invite.js';
import { addStaffLegal } from './commands/staff-legal.js';
import { addStaffList } from './commands/staff-list.js';
import { addStaffReset } from './commands/staff-reset.js';
import { addStaffSignOut } from './commands/staff-sign-out.js';
import { addStaffToken } from './commands/staff-token.js';
import { explainError } from './explain-error.js';

/**
 * Runs one command; what goes wrong is told in sentences.
 *
 * @param words of the command, such as `['site', 'list']`
 * @returns the exit code: 0 done, 1 not done or something is off, 2 the command itself is wrong
 */
export async function runCli(words: readonly string[], outside: Cli): Promise<number> {
  const cli = withoutOrders(outside);
  try {
    await makeProgram(cli).parseAsync([...words], { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    // Help that was asked for ends like this too, with 0; the rest has been told by commander.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    for (const sentence of explainError(error)) cli.tell(sentence);
    return 1;
  }
}

function makeProgram(cli: Cli): Command {
  const lines = (write: (line: string) => void) => (text: string) => write(text.replace(/\n$/, ''));
  const program = new Command('npm run cli --')
    .description("Vigie's operator commands. They work beside a running service.")
    .helpOption('-h, --help', 'show help, with examples')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('(add --help for what it takes, with examples)')
    .configureOutput({
      writeOut: lines((line) => cli.print(line)),
      writeErr: lines((line) => cli.tell(line)),
    });

  const site = program.command('site').description('Sites').helpCommand(false);
  addSiteCreate(site, cli);
  addSiteList(site, cli);
  const keys = program.command('keys').description("Sites' keys").helpCommand(false);
  addKeysCreate(keys, cli);
  addKeysList(keys, cli);
  addKeysRevoke(keys, cli);
  const staff = program.command('staff').description('Accounts and tokens of staff').helpCommand(false);
  addStaffList(staff, cli);
  addStaffInvite(staff, cli);
  addStaffCreate(staff, cli);
  addStaffToken(staff, cli);
  addStaffLegal(staff, cli);
  addStaffReset(staff, cli);
  addStaffClose(staff, cli);
  addStaffOpen(staff, cli);
  addStaffClearSecondFactor(staff, cli);
  addStaffSignOut(staff, cli);
  const rule = program.command('rule').description('Threshold rules').helpCommand(false);
  addRuleSet(rule, cli);
  addRuleShow(rule, cli);
  const mute = program.command('mute').description('Muted readers').helpCommand(false);
  addMuteList(mute, cli);
  addMuteLift(mute, cli);
  const reader = program.command('reader').description('What is stored of one reader').helpCommand(false);
  addReaderForget(reader, cli);
  addReaderExport(reader, cli);
  addRuleReplay(rule, cli);
  addRuleApply(rule, cli);
  const jobs = program.command('jobs').description('Background jobs').helpCommand(false);
  addJobsList(jobs, cli);
  addJobsRetry(jobs, cli);
  addImport(program, cli);
  const feed = program.command('feed').description('The change feed').helpCommand(false);
  addFeedStatus(feed, cli);
  addFeedNewEpoch(feed, cli);
  addFingerprint(program, cli);
  addBackup(program, cli);
  addRestore(program, cli);
  addRetention(program, cli);
  addOpenapi(program, cli);
  addReconcile(program, cli);
  addDoctor(program, cli);
  return program;
}
