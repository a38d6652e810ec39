import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import sharp from 'sharp';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/config/load-config.js';
import { createApp } from '../../src/http/create-app.js';
import { SECRET, Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { HOSTILE, HostileServer } from './hostile-server.js';
import { examiners } from './examining.js';

/** One process answers, another does the work, on one database and one folder. */
let service: Service;
let worker: NestFastifyApplication;
let host: HostileServer;
let site: TestSite;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-work-'));
  host = await HostileServer.open();
  service = await Service.open({ ROLE: 'api', FETCH_IMAGES: 'on', DATA_DIR: folder });
  site = await service.site();
  const config = loadConfig({
    ...{ NODE_ENV: 'test', LOG_LEVEL: 'silent', ROLE: 'worker', DATA_DIR: folder },
    ...{ DATABASE_URL: service.databaseUrl, VIGIE_SECRET: SECRET.toString(), OUTBOUND_ALLOW: HOSTILE },
  });
  const installation = { config, databaseUrl: service.databaseUrl, secret: SECRET };
  worker = await createApp(AppModule.register(installation), config);
});
afterAll(async () => {
  await worker.close();
  expect(examiners()).toEqual([]);
  await service.close();
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

it('looks at what a job names, and the process that answers shows the copy', async () => {
  const url = host.url('/photo.png');
  host.on('/photo.png', (response) => void drawn().then((bytes) => response.end(bytes)));
  await service.database.dataSource.query('update site set image_hosts = $2 where id = $1', [
    site.id,
    [`${HOSTILE}:${host.port}`],
  ]);
  await service.report(site, url, 'reader');
  const moderator = await service.staffToken('amina@example.ma', 'moderator', site);
  const query = new URLSearchParams({ site: site.slug, url }).toString();
  let preview: string | null = null;
  await until(async () => {
    const { body } = await service.ask<{ snapshot: { preview: string } | null }>(
      'GET',
      `/v1/images?${query}`,
      moderator,
    );
    preview = body.snapshot?.preview ?? null;
    return preview !== null;
  });
  const answer = await service.ask('GET', new URL(preview ?? '').pathname);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'image/webp']);
});

function drawn(): Promise<Buffer> {
  const background = { r: 200, g: 100, b: 50 };
  return sharp({ create: { width: 40, height: 20, channels: 3, background } })
    .png()
    .toBuffer();
}
