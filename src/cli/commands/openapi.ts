import type { Command } from 'commander';
import { describeApi } from '../../describe-api.js';
import type { Cli } from '../cli.js';

const HELP = `
It is what a service of this version answers at /v1/openapi.json. No database, settings or service are needed.

Example:
  $ npm run --silent cli -- openapi > openapi.json`;

/** `openapi`: the description of the API, for tools that want it as a file. */
export function addOpenapi(program: Command, cli: Cli): void {
  program
    .command('openapi')
    .description('Print the OpenAPI document')
    .option('--json', 'print it on one line')
    .addHelpText('after', HELP)
    .action(async ({ json = false }: { json?: boolean }) => {
      cli.print(JSON.stringify(await describeApi(), null, json ? 0 : 2));
    });
}
