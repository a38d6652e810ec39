import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askLoopback, jsonOf } from './ask-loopback.js';

let server: Server;
let to: { readonly port: number; readonly agent: Agent };
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      if (request.url === '/never') return;
      response.writeHead(201, { 'content-type': 'text/plain', 'content-length': 1_000 });
      if (request.url === '/half') return void response.write('half', () => response.destroy());
      response.end(`${request.method} ${String(request.headers['x-own'])} ${text}`.padEnd(1_000));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  to = { port: (server.address() as AddressInfo).port, agent: new Agent({ keepAlive: true }) };
});
afterAll(async () => {
  to.agent.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const question = (address: string) => ({
  method: 'POST',
  address,
  headers: { 'x-own': 'own' },
  body: { a: 1 },
});

it('sends JSON with own headers, and gives the whole answer', async () => {
  const { status, headers, text } = await askLoopback(to, question('/whole'));
  expect([status, headers['content-type'], text.trim()]).toEqual([201, 'text/plain', 'POST own {"a":1}']);
});

it('rejects an answer that ends before its end', async () => {
  await expect(askLoopback(to, question('/half'))).rejects.toThrow();
});

it('waits until nobody does any longer', async () => {
  const patience = new AbortController();
  const asked = askLoopback({ ...to, signal: patience.signal }, question('/never'));
  patience.abort();
  await expect(asked).rejects.toThrow();
});

it('reads no object as an empty one', () => {
  expect([jsonOf(''), jsonOf('{"a":1}')]).toEqual([{}, { a: 1 }]);
});
