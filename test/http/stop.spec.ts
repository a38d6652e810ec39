import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Adapter } from '../../src/http/adapter.js';
import { appOf, type TestApp } from './app-of.js';

/** Lets the test say when a request has arrived, and when it may be answered. */
let arrived: () => void;
let answer: () => void;
let arrival: Promise<void>;
let permission: Promise<void>;

@Controller()
class SlowController {
  @Get('slow')
  async slow(): Promise<unknown> {
    arrived();
    await permission;
    return { done: true };
  }
}

let test: TestApp;

beforeEach(async () => {
  arrival = new Promise((resolve) => (arrived = resolve));
  permission = new Promise((resolve) => (answer = resolve));
  test = await appOf([SlowController]);
  await test.app.listen(0, '127.0.0.1');
});

function get(
  path: string,
  agent: Agent,
): Promise<{ status: number | undefined; body: string; type: string | undefined }> {
  const { port } = test.app.getHttpServer().address() as { port: number };
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, agent }, (response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode, body, type: response.headers['content-type'] }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('a stop', () => {
  it('finishes what is under way and does not wait for connections that are only kept', async () => {
    const agent = new Agent({ keepAlive: true });
    const slow = get('/slow', agent);
    await arrival;
    const closed = test.app.close();
    answer();
    expect(await slow).toMatchObject({ status: 200, body: '{"done":true}' });
    await closed;
    agent.destroy();
  });

  it('does not wait for connections on which nothing was asked', async () => {
    const { port } = test.app.getHttpServer().address() as { port: number };
    const accepted = once(test.app.getHttpServer(), 'connection');
    const socket = connect(port, '127.0.0.1');
    await Promise.all([accepted, once(socket, 'connect')]);
    const start = performance.now();
    await test.app.close();
    expect(performance.now() - start).toBeLessThan(10_000);
    socket.destroy();
  });

  it('may be told before it begins: the process is not ready, and answers all else, on connections that end', async () => {
    const slow = get('/slow', new Agent());
    await arrival;
    test.app.get<HttpAdapterHost<Adapter>>(HttpAdapterHost).httpAdapter.leave();
    const ready = await test.app.inject('/health/ready');
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toMatchObject({
      type: '/problems/unavailable',
      detail: 'This process is stopping: ask again.',
    });
    const live = await test.app.inject('/health/live');
    expect(live.statusCode).toBe(200);
    expect(live.headers).toMatchObject({ connection: 'close' });
    answer();
    expect(await slow).toMatchObject({ status: 200 });
    await test.app.close();
  });

  it('refuses what comes after it, with a problem', async () => {
    const slow = get('/slow', new Agent());
    await arrival;
    const closed = test.app.close();
    const late = await test.app.inject('/health/live');
    expect(late.statusCode).toBe(503);
    expect(late.headers).toMatchObject({
      'content-type': 'application/problem+json',
      connection: 'close',
      'retry-after': '1',
    });
    answer();
    await slow;
    await closed;
  });
});
