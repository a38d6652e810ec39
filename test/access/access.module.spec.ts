import { connect, type Socket } from 'node:net';
import { BODIES_OF_A_NETWORK } from '../../src/http/bound-bodies.js';
import { BATCH_BODY } from '../../src/publishing/batch-body.js';
import { Service } from '../setup/service.js';
import { until } from '../setup/until.js';

let service: Service;
const sockets: Socket[] = [];
beforeAll(async () => {
  service = await Service.open({ ROLE: 'api', TRUST_PROXY: '1' });
  await service.app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await service.close();
});

const AT_ONCE = BODIES_OF_A_NETWORK / BATCH_BODY + 1;

/** What is answered to bodies that lack their last byte, one from each address. */
function unfinishedFrom(addresses: readonly string[]): { readonly of: () => string[] } {
  const { port } = service.app.getHttpServer().address() as { port: number };
  const answers = addresses.map((from) => {
    const sent = { got: '' };
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST /v1/images/state HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${from}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${BATCH_BODY}\r\n\r\n${'x'.repeat(BATCH_BODY - 1)}`,
      );
    });
    socket.on('data', (part: Buffer) => (sent.got += part.toString())).on('error', () => undefined);
    sockets.push(socket);
    return sent;
  });
  return { of: () => answers.map(({ got }) => got).filter((got) => got !== '') };
}

it.each([
  ['IPv4', (n: number) => `203.0.113.${n + 1}`],
  ['IPv6', (n: number) => `2001:db8:0:${n}::1`],
])('gives the readers of one network of %s a share of large bodies together', async (_, address) => {
  const bodies = unfinishedFrom(Array.from({ length: AT_ONCE }, (_one, n) => address(n)));
  await until(() => bodies.of().length > 0);
  expect(bodies.of()[0]).toMatch(/^HTTP\/1.1 503 [^]*Too many large bodies from your network/);
});
