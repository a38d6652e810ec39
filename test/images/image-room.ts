import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { Sealed } from '../../src/access/sealing/sealed.js';
import type { ImageSettings } from '../../src/config/load-config.js';
import type { ReviewedImage } from '../../src/contract/images.js';
import { imageHash } from '../../src/database/image-hash.js';
import { DiskSnapshots } from '../../src/images/disk-snapshots.js';
import { FetchImage, type FetchImageParts } from '../../src/images/fetch-image.js';
import { SweepSnapshots } from '../../src/images/sweep-snapshots.js';
import type { JobResult } from '../../src/jobs/job-handler.js';
import { Neck } from '../../src/moderation/neck.js';
import { Reachable } from '../../src/outbound/reachable.js';
import { type Answer, Service, type TestSite } from '../setup/service.js';
import { HOSTILE, HostileServer } from './hostile-server.js';
import { type ExamineProgram, examineProgram } from './examining.js';

/** What config/default.yaml sets, with patience for a busy machine. */
const SETTINGS: ImageSettings = {
  maxPixels: 40_000_000,
  examineSeconds: 20,
  workers: 1,
  fetch: true,
  maxBytes: 1_000_000,
  connectMilliseconds: 20_000,
  answerMilliseconds: 20_000,
  timeoutMilliseconds: 30_000,
  leastBytesPerSecond: 1_000,
  atOnce: 100,
  perHostPerMinute: 1_000,
  recheckSeconds: [600, 3_600, 21_600, 86_400, 259_200, 604_800],
  watchDays: 30,
  keepSnapshotsDays: 30,
  keepSealedDays: null,
};

/** One row of watched_address, as tests look at it. */
export interface Watched {
  readonly looked_at: Date | null;
  readonly next_at: Date | null;
  readonly unchanged: number;
  readonly failures: number;
  readonly problem: string | null;
  readonly ended_at: Date | null;
  /** Until the next look, in seconds. */
  readonly wait: number;
}

/** The doors of the service, an image host that does what a test says, and the handler of its jobs at hand. */
export class ImageRoom {
  /** How often bytes were decoded. */
  examined = 0;
  private readonly program: ExamineProgram = examineProgram();
  private readonly examiner = this.program.examiner();
  readonly store: DiskSnapshots;
  readonly handler: FetchImage;
  private jobs = 0;

  private constructor(
    readonly service: Service,
    readonly host: HostileServer,
    readonly folder: string,
    settings: Partial<ImageSettings>,
  ) {
    this.store = new DiskSnapshots(path.join(folder, 'snapshots'));
    this.handler = this.beside(settings);
  }

  static async open(settings: Partial<ImageSettings> = {}): Promise<ImageRoom> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-images-'));
    const service = await Service.open({ ROLE: 'api', FETCH_IMAGES: 'on', DATA_DIR: folder });
    return new ImageRoom(service, await HostileServer.open(), folder, settings);
  }

  /** Another process' worth of handler on the same database and disk. */
  beside(settings: Partial<ImageSettings> = {}, parts: Partial<FetchImageParts> = {}): FetchImage {
    const { app, database } = this.service;
    return new FetchImage({
      database,
      examiner: {
        examine: (...bytes) => {
          this.examined += 1;
          return this.examiner.examine(...bytes);
        },
      },
      see: (content) => app.get(Neck).see(content),
      store: this.store,
      guard: {
        reachable: new Reachable([`${HOSTILE}/32`], 'public too'),
        resolve: () => Promise.resolve([HOSTILE]),
      },
      settings: { ...SETTINGS, ...settings },
      publicUrl: 'https://vigie.example.ma',
      ...parts,
    });
  }

  async close(): Promise<void> {
    await this.host.close();
    await this.service.close();
    await this.examiner.close();
    this.program.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A site that names the host's port: else nobody asks it there. */
  async site(slug: string): Promise<TestSite> {
    const site = await this.service.site(slug);
    await this.hosts(site, [`cdn.${slug}.ma:${this.host.port}`]);
    return site;
  }

  hosts(site: TestSite, imageHosts: readonly string[]): Promise<unknown> {
    return this.sql('update site set image_hosts = $2 where id = $1', site.id, imageHosts);
  }

  url(site: TestSite, name: string): string {
    return this.host.url(`/${name}.png`, `cdn.${site.slug}.ma`);
  }

  /** A picture in one colour, which tells it from the others. */
  picture(shade: number): Promise<Buffer> {
    const background = { r: shade, g: 255 - shade, b: 128 };
    return sharp({ create: { width: 64, height: 32, channels: 3, background } })
      .png()
      .toBuffer();
  }

  /** The host has this picture under this name from now on. */
  async serve(name: string, shade: number, headers: Record<string, string> = {}): Promise<Buffer> {
    const bytes = await this.picture(shade);
    this.host.on(`/${name}.png`, (response) => void response.writeHead(200, headers).end(bytes));
    return bytes;
  }

  /** A job of its own for an address, as the neck stages one; what it asked for. */
  look(
    site: TestSite,
    name: string,
    more: { announced?: boolean; job?: string; handler?: FetchImage; url?: string; attempt?: number } = {},
  ): Promise<JobResult> {
    const url = more.url ?? this.url(site, name);
    const payload = {
      site: site.id,
      hash: this.hash(site, name).toString('hex'),
      url,
      ...(more.announced === undefined ? {} : { announced: more.announced }),
    };
    const jobId = more.job ?? this.job();
    const run = { jobId, attempt: more.attempt ?? 1, signal: new AbortController().signal };
    return (more.handler ?? this.handler).run(payload, run);
  }

  /** The number of a job to be. */
  job(): string {
    return String((this.jobs += 1));
  }

  hash(site: TestSite, name: string): Buffer {
    return imageHash(site.id, { kind: 'url', key: this.url(site, name) });
  }

  async report(site: TestSite, name: string, reason = 'violence', account = `reader ${this.job()}`) {
    const answer = await this.service.report(site, this.url(site, name), account, reason);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer;
  }

  /** Time passes: what was planned for an address is due. */
  async due(site: TestSite, name: string): Promise<void> {
    await this.sql(
      `update watched_address set next_at = next_at - interval '100 days', looked_at = looked_at - interval '100 days'
       where hash = $1`,
      this.hash(site, name),
    );
  }

  async watched(site: TestSite, name: string): Promise<Watched | undefined> {
    const [row] = await this.sql<Watched>(
      `select looked_at, next_at, unchanged, failures, problem, ended_at,
              extract(epoch from next_at - clock_timestamp())::float8 as wait
       from watched_address where hash = $1`,
      this.hash(site, name),
    );
    return row;
  }

  /** The image as a member of staff sees it. */
  async shown(site: TestSite, name: string, token: string): Promise<ReviewedImage> {
    const query = new URLSearchParams({ site: site.slug, url: this.url(site, name) }).toString();
    const answer = await this.service.ask<ReviewedImage>('GET', `/v1/images?${query}`, token);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body;
  }

  /** What is at an address that staff was given. No key goes along. */
  ask(address: string | null | undefined): Promise<Answer> {
    return this.service.ask('GET', new URL(address ?? 'http://none/').pathname);
  }

  sweeper(
    options: Partial<Pick<ImageSettings, 'keepSnapshotsDays' | 'keepSealedDays'>> = {},
    store = this.store,
  ): SweepSnapshots {
    return new SweepSnapshots(this.service.database, store, { ...SETTINGS, ...options });
  }

  get sealed(): Sealed {
    return this.service.app.get(Sealed);
  }

  async sql<Row = Record<string, unknown>>(text: string, ...values: unknown[]): Promise<Row[]> {
    return this.service.database.dataSource.query(text, values);
  }

  async count(table: string, where = 'true'): Promise<number> {
    const [row] = await this.sql<{ n: number }>(`select count(*)::int n from ${table} where ${where}`);
    return row?.n ?? 0;
  }
}
