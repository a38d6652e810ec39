import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';
import { freePort } from './free-port.js';
import type { ServiceProcess } from './process.js';

/** Is the balancer of docker-compose.yml on the PATH? (Debian: apt-get install haproxy) */
export const haproxyIsThere = (): boolean => spawnSync('haproxy', ['-v']).status === 0;

type Behind = Pick<ServiceProcess, 'port'>;

/** HAProxy with config/haproxy.cfg, in front of two processes of the service. */
export class Balancer {
  private constructor(
    readonly origin: string,
    private readonly child: ChildProcess,
    private readonly ended: Promise<unknown>,
  ) {}

  static async start(one: Behind, other: Behind): Promise<Balancer> {
    const listen = `127.0.0.1:${await freePort()}`;
    const child = spawn('haproxy', ['-db', '-f', path.join(projectRoot(), 'config', 'haproxy.cfg')], {
      env: {
        PATH: process.env['PATH'],
        VIGIE_LISTEN: listen,
        VIGIE_API_1: `127.0.0.1:${one.port}`,
        VIGIE_API_2: `127.0.0.1:${other.port}`,
      },
      stdio: 'ignore',
    });
    return new Balancer(`http://${listen}`, child, new Promise((resolve) => child.once('close', resolve)));
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
