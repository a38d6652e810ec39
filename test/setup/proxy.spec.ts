/** What the proxy does to connections, on a server that sends back what it gets. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Proxy } from './proxy.js';
import { until } from './until.js';

let server: Server;
let proxy: Proxy;
const open: Socket[] = [];
/** Their other ends, at the server. */
const beyonds: Socket[] = [];

beforeEach(async () => {
  server = createServer({ allowHalfOpen: true }, (socket) => {
    beyonds.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await Proxy.before(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  beyonds.splice(0);
  await proxy.close();
  await new Promise((resolve) => server.close(resolve));
});

function client(): Socket {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  open.push(socket);
  return socket;
}

async function echo(socket: Socket, word: string): Promise<string> {
  socket.write(word);
  const [piece] = (await once(socket, 'data')) as [Buffer];
  return piece.toString();
}

it('passes on what is said, in its order, and the end', async () => {
  const socket = client();
  let heard = '';
  socket.on('data', (piece: Buffer) => (heard += piece.toString()));
  for (let n = 0; n < 200; n += 1) socket.write(`${n} `);
  socket.end();
  await once(socket, 'end');
  expect(heard).toBe(Array.from({ length: 200 }, (_, n) => `${n} `).join(''));
});

it('breaks connections off when it is reset, and takes new ones', async () => {
  const socket = client();
  await echo(socket, 'before');
  const broken = once(socket, 'close');
  proxy.reset();
  await expect(broken).rejects.toThrow('ECONNRESET');
  expect(await echo(client(), 'after')).toBe('after');
});

it('passes nothing on connections that it lost, ends none of them, and takes new ones', async () => {
  const socket = client();
  await echo(socket, 'before');
  proxy.lose();
  let heard = 0;
  for (const event of ['data', 'end', 'close'] as const) socket.on(event, () => (heard += 1));
  socket.write('nobody hears this');
  expect(await echo(client(), 'after')).toBe('after');
  expect(heard).toBe(0);
  socket.destroy();
  await until(() => proxy.open === 1);
});

it('lets nobody know that the other side has given up what was lost', async () => {
  const socket = client();
  await echo(socket, 'before');
  const [beyond] = beyonds;
  let heard = 0;
  for (const event of ['data', 'end', 'close'] as const) beyond?.on(event, () => (heard += 1));
  proxy.lose();
  socket.end('nobody hears this');
  socket.destroy();
  await until(() => proxy.open === 0);
  expect(await echo(client(), 'after')).toBe('after');
  expect([beyond?.destroyed, heard]).toEqual([false, 0]);
});

it('takes nobody while it is cut, until it is healed', async () => {
  const socket = client();
  await echo(socket, 'before');
  const ended = once(socket.resume(), 'end');
  proxy.cut();
  await ended;
  await once(client().resume(), 'end');
  proxy.heal();
  expect(await echo(client(), 'after')).toBe('after');
});

it('passes nothing on while it is silent, and all of it when it is healed', async () => {
  const socket = client();
  await echo(socket, 'before');
  proxy.silent();
  let heard = '';
  socket.on('data', (piece: Buffer) => (heard += piece.toString()));
  socket.write('one ');
  // Another connection is taken all the same, and hears as little.
  const other = client();
  await once(other, 'connect');
  expect(heard).toBe('');
  const answered = once(socket, 'data');
  proxy.heal();
  await answered;
  expect(heard).toBe('one ');
});

it('keeps the order of what it slows', async () => {
  const socket = client();
  proxy.slow(5);
  let heard = '';
  socket.on('data', (piece: Buffer) => (heard += piece.toString()));
  socket.write('one ');
  proxy.slow(1);
  socket.write('two ');
  socket.end();
  await once(socket, 'end');
  expect(heard).toBe('one two ');
});

it('ends one direction of a connection and leaves the other', async () => {
  const socket = client();
  await echo(socket, 'before');
  socket.resume();
  const ended = once(socket, 'end');
  proxy.halfClose('client');
  await ended;
  expect(socket.writable).toBe(true);
  const other = client();
  expect(await echo(other, 'after')).toBe('after');
});
