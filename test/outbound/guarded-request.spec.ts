import { getSafely } from '../../src/outbound/get-safely.js';
import { Reachable } from '../../src/outbound/reachable.js';
import { until } from '../setup/until.js';
import { BUSY, BusyServer, NOBODY } from './busy-server.js';

const inLinux = process.platform === 'linux' ? it : it.skip;

inLinux('waits for an address that is slow to connect to, where the other one leads nowhere', async () => {
  const server = await BusyServer.open();
  const before = server.knocking;
  const result = getSafely(
    { url: `http://cdn.example:${server.port}/`, headers: {} },
    {
      reachable: new Reachable(['127.0.0.0/8']),
      resolve: () => Promise.resolve([BUSY, NOBODY]),
      ...{ connectMilliseconds: 20_000, answerMilliseconds: 20_000, timeoutMilliseconds: 30_000 },
      ...{ leastBytesPerSecond: 1, maxBytes: 1_000 },
    },
  );
  await until(() => server.knocking > before);
  // Who knocks does so again a second later.
  server.goOn();
  expect(await result).toMatchObject({ status: 200, body: Buffer.from('at last') });
  server.close();
});
