import type { Command } from 'commander';
import { loadConfig, type VigieConfig } from '../../config/load-config.js';
import { answer, type Cli } from '../cli.js';
import { checkAddress } from '../doctor/check-address.js';
import { checkDisk, checkNode, checkSecret } from '../doctor/check-machine.js';
import { checkSnapshotFolder } from '../doctor/check-images.js';
import { checkRedis } from '../doctor/check-jobs.js';
import { checkMail } from '../doctor/check-mail.js';
import { checkPostgres } from '../doctor/check-postgres.js';
import { checkService } from '../doctor/check-service.js';
import { failed, type Finding, ok } from '../doctor/finding.js';
import { explainError } from '../explain-error.js';
import { usingDatabase } from '../../database/using-database.js';
import { reachServer } from '../open-database.js';

/** `doctor`: looks at everything that Vigie needs; exit code 1 when something fails. */
export function addDoctor(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description('Look at everything that Vigie needs, and say what to do')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- doctor')
    .action(async ({ json }: { json?: boolean }) => {
      const checks = await examine(cli);
      const healthy = checks.every(({ status }) => status !== 'failed');
      if (!healthy) cli.exitCode = 1;
      answer(cli, json, { ok: healthy, checks }, checks.map(lineOf));
    });
}

const SIGNS = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;
const lineOf = ({ name, status, detail }: Finding): string =>
  `${SIGNS[status]}  ${name.padEnd(12)}  ${detail}`;

async function examine(cli: Cli): Promise<Finding[]> {
  const node = checkNode(process.versions.node);
  let config: VigieConfig;
  try {
    config = loadConfig(cli.env);
  } catch (error) {
    return [node, ...explainError(error).map((problem) => failed('settings', problem))];
  }
  return [
    node,
    ok('settings', 'All can be used'),
    checkAddress(config),
    checkSecret(config, cli.env),
    await checkDisk(config),
    await checkSnapshotFolder(config),
    ...(await examinePostgres(config, cli)),
    ...(await checkRedis(config)),
    ...(await checkMail(config)),
    await checkService(config),
  ];
}

async function examinePostgres(config: VigieConfig, cli: Cli): Promise<Finding[]> {
  try {
    const server = await reachServer(config, cli);
    try {
      return await usingDatabase(server.url, config.database, (database) =>
        checkPostgres(database, config, cli.env),
      );
    } finally {
      await server.release();
    }
  } catch (error) {
    return [failed('postgres', explainError(error).join(' '))];
  }
}
