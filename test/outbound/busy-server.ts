import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { until } from '../setup/until.js';

/** Where the busy server is; beside it nobody listens. */
export const BUSY = '127.0.0.6';
export const NOBODY = '127.0.0.7';

const PROGRAM = `
  require('node:http')
    .createServer((_, response) => response.end('at last'))
    .listen({ port: 0, host: '${BUSY}', backlog: 1 }, function () { console.log(this.address().port); });`;

/** As /proc/net/tcp writes address and state. */
const BUSY_HEX = '0600007F';
const SYN_SENT = '02';

/** A web server that stands still, and has as many connections as it may: the next ones are not answered. Linux only. */
export class BusyServer {
  private readonly filling: Socket[] = [];

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async open(): Promise<BusyServer> {
    const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
    const server = new BusyServer(child, Number(said));
    child.kill('SIGSTOP');
    await until(() => {
      if (server.knocking > 0) return true;
      server.filling.push(connect(server.port, BUSY).on('error', () => undefined));
      return false;
    });
    return server;
  }

  /** How many would connect and are not answered. */
  get knocking(): number {
    const to = `${BUSY_HEX}:${this.port.toString(16).toUpperCase().padStart(4, '0')} ${SYN_SENT} `;
    return readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .filter((line) => line.includes(to)).length;
  }

  /** It goes on, and answers who knocks again. */
  goOn(): void {
    this.child.kill('SIGCONT');
  }

  close(): void {
    for (const one of this.filling) one.destroy();
    this.child.kill('SIGKILL');
  }
}
