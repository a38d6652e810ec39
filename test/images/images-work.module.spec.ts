import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import sharp from 'sharp';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/config/load-config.js';
import { Database } from '../../src/database/database.js';
import { imageHash } from '../../src/database/image-hash.js';
import { createApp } from '../../src/http/create-app.js';
import { FETCH_IMAGE } from '../../src/images/fetched-address.js';
import { EXAMINER, ImagesWorkModule, SEE_CONTENT } from '../../src/images/images-work.module.js';
import { stage } from '../../src/jobs/stage.js';
import { SECRET, Service, type TestSite } from '../setup/service.js';
import { until } from '../setup/until.js';
import { HOSTILE, HostileServer } from './hostile-server.js';
import { seeContent } from './see-content.js';
import { SharpExaminer } from './sharp-examiner.js';

/** One process answers, another does the work, on one database and one folder. */
let service: Service;
let worker: NestFastifyApplication;
let host: HostileServer;
let site: TestSite;
let folder: string;
const examiner = new SharpExaminer();

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-work-'));
  host = await HostileServer.open();
  service = await Service.open({ ROLE: 'api', DATA_DIR: folder });
  site = await service.site();
  const config = loadConfig({
    ...{ NODE_ENV: 'test', LOG_LEVEL: 'silent', ROLE: 'worker', DATA_DIR: folder },
    ...{ DATABASE_URL: service.databaseUrl, VIGIE_SECRET: SECRET.toString(), OUTBOUND_ALLOW: HOSTILE },
  });
  const installation = { config, databaseUrl: service.databaseUrl, secret: SECRET };
  const work = ImagesWorkModule.register({
    providers: [
      { provide: EXAMINER, useValue: examiner },
      { provide: SEE_CONTENT, inject: [Database], useFactory: seeContent },
    ],
  });
  worker = await createApp(
    { module: class Worker {}, imports: [AppModule.register(installation), work] },
    config,
  );
});
afterAll(async () => {
  await worker.close();
  expect(examiner.closed).toBe(true);
  await service.close();
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

it('looks at what a job names, and the process that answers shows the copy', async () => {
  const url = host.url('/photo.png');
  const picture = await new SharpExaminer().examine(await drawn());
  host.on('/photo.png', (response) => void drawn().then((bytes) => response.end(bytes)));
  await service.database.dataSource.query('update site set image_hosts = $2 where id = $1', [
    site.id,
    [HOSTILE],
  ]);
  await service.report(site, url, 'reader');
  const hash = imageHash(site.id, { kind: 'url', key: url }).toString('hex');
  await service.database.inTransaction((tx) => {
    stage(tx, [{ kind: FETCH_IMAGE, lane: `fetch ${HOSTILE}`, payload: { site: site.id, hash, url } }]);
    return Promise.resolve();
  });
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
  expect([answer.status, answer.headers['content-length']]).toEqual([
    200,
    String(picture.snapshots?.preview.length),
  ]);
});

function drawn(): Promise<Buffer> {
  const background = { r: 200, g: 100, b: 50 };
  return sharp({ create: { width: 40, height: 20, channels: 3, background } })
    .png()
    .toBuffer();
}
