import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Pool } from 'pg';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { isConnectionLost } from '../../src/database/postgres-errors.js';

/** A message of the server: its kind, its length, what it says. */
const message = (kind: string, says: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(says.length + 4, 1);
  return Buffer.concat([head, says]);
};

const WELCOME = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))]);
const SHUTDOWN = message(
  'E',
  Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'),
);

describe('a connection of the pool', () => {
  it('is lost, and nothing else, where Postgres takes leave in the words in which it says welcome', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(Buffer.concat([WELCOME, SHUTDOWN])));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const pool = new Pool({
      connectionString: `postgres://vigie@127.0.0.1:${port}/vigie`,
      ...dataSourceOptions('').extra,
    });
    try {
      const client = await pool.connect();
      const asked = await client.query('select 1').catch((error: unknown) => error);
      client.release(true);
      expect(isConnectionLost(asked)).toBe(true);
    } finally {
      await pool.end();
      server.close();
    }
  });
});
