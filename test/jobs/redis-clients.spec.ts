import { once } from 'node:events';
import { RedisClients } from '../../src/jobs/redis-clients.js';
import { freePort } from '../setup/free-port.js';

describe('a connection of Bull', () => {
  let clients: RedisClients;
  beforeEach(async () => {
    clients = new RedisClients(`redis://127.0.0.1:${await freePort()}`);
  });
  afterEach(() => clients.disconnect());

  it('ends nothing when it can not be opened: nobody waits for what Bull opens as it stops', async () => {
    const client = clients.createClient('bclient');
    client.disconnect();
    if (client.status !== 'end') await once(client, 'end');
    await expect(client.connect()).resolves.toBeUndefined();
  });

  it('is not opened again after the goodbye', async () => {
    const client = clients.createClient('bclient');
    clients.disconnect();
    if (client.status !== 'end') await once(client, 'end');
    const again = client.connect();
    expect(client.status).toBe('end');
    await again;
  });
});
