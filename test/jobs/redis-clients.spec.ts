import { once } from 'node:events';
import { RedisClients } from '../../src/jobs/redis-clients.js';
import { freePort } from '../setup/free-port.js';

it('ends nothing by a connection that nobody waits for and that can not be opened: Bull opens some so as it stops', async () => {
  const clients = new RedisClients(`redis://127.0.0.1:${await freePort()}`);
  const client = clients.createClient('bclient');
  client.disconnect();
  if (client.status !== 'end') await once(client, 'end');
  await expect(client.connect()).resolves.toBeUndefined();
  clients.disconnect();
});
