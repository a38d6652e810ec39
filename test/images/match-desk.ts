import { createHash } from 'node:crypto';
import type { Indistinct } from '../../src/core/content.js';
import type { Reason } from '../../src/core/reasons.js';
import { SpreadBlock } from '../../src/images/spread-block.js';
import { Desk } from '../setup/desk.js';

/** Bytes by their name: what is called the same is the same. */
export const sha256 = (name: string): Buffer => createHash('sha256').update(name).digest();

/** A fingerprint by the name of its picture, of which so many bits were turned over. */
export function fingerprint(picture: string, bits = 0): Buffer {
  const pdq = createHash('sha256').update(`picture ${picture}`).digest();
  for (let bit = 0; bit < bits; bit += 1) pdq[bit >> 3] = (pdq[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return pdq;
}

export interface TestBytes {
  readonly bytes: string;
  readonly version?: number;
  readonly pdq?: Buffer | null;
  readonly quality?: number;
  readonly indistinct?: Indistinct | null;
}

/** Signals for a run that nobody cuts short. */
export const run = () => ({ signal: new AbortController().signal });

/** A desk whose images have bytes that are written into the tables as they are. */
export class MatchDesk {
  private constructor(readonly desk: Desk) {}

  static async open(): Promise<MatchDesk> {
    return new MatchDesk(await Desk.open());
  }

  close(): Promise<void> {
    return this.desk.close();
  }

  sql<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.desk.dataSource.query<Row[]>(text, values);
  }

  async id(image: string): Promise<string> {
    return String((await this.desk.row(image))['id']);
  }

  /** An image that a reader reported, and behind which these bytes were found. */
  async image(name: string, found: TestBytes): Promise<string> {
    await this.desk.reports(name, 1);
    await this.bytes(name, found);
    return this.id(name);
  }

  /** Other bytes behind an image, or the same encoded anew. */
  async bytes(
    name: string,
    { bytes, version = 1, pdq = null, quality = 80, indistinct = null }: TestBytes,
  ): Promise<void> {
    const of = [this.desk.siteId, await this.id(name)];
    await this.sql(
      `insert into content_version (site_id, image_id, version) values ($1, $2, $3) on conflict do nothing`,
      [...of, version],
    );
    await this.sql(
      `insert into content_bytes (site_id, image_id, sha256, version, pdq, quality, indistinct, bytes)
       values ($1, $2, $3, $4, $5, $6, $7, 12345)`,
      [...of, sha256(bytes), version, pdq, pdq === null ? null : quality, indistinct],
    );
    await this.sql('update image set content = $3 where site_id = $1 and id = $2', [...of, version]);
  }

  /** What people say of the bytes of an image now. */
  async judge(name: string, verdict: 'block' | 'keep' | null, reason: Reason = 'violence'): Promise<void> {
    await this.sql(
      `update content_version v set verdict = $3, reason = case when $3 = 'block' then $4 end
       from image i
       where i.site_id = v.site_id and i.id = v.image_id and i.content = v.version and i.site_id = $1 and i.id = $2`,
      [this.desk.siteId, await this.id(name), verdict, reason],
    );
  }

  /** The site blocks an image. */
  async block(name: string, reason: Reason = 'violence'): Promise<void> {
    await this.desk.publish(name, 'publisher-block', reason);
  }

  async unblock(name: string): Promise<void> {
    await this.desk.publish(name, 'publisher-unblock');
  }

  /** A moderator decides the case of an image. */
  async decide(name: string, action: 'block' | 'keep'): Promise<string> {
    const imageId = await this.id(name);
    const outcome = await this.desk.neck.moderateOne(this.desk.decision({ imageId }, action));
    if (!outcome.ok || outcome.decisionId === null) throw new Error('nothing was decided');
    return outcome.decisionId;
  }

  async undo(name: string, decisionId: string): Promise<void> {
    const outcome = await this.desk.neck.moderateOne({
      type: 'undo',
      siteId: this.desk.siteId,
      target: { imageId: await this.id(name) },
      decisionId,
      staffId: this.desk.staffId,
      lead: false,
    });
    if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`);
  }

  /** The job of an image, to its end. */
  async spread(name: string, chunk?: number): Promise<void> {
    const job = { site: this.desk.siteId, image: await this.id(name) };
    expect(await new SpreadBlock(this.desk.database, this.desk.neck, chunk).run(job, run())).toEqual({
      done: true,
    });
  }

  /** Jobs of one kind that wait, by image. */
  async waiting(kind: string): Promise<string[]> {
    const rows = await this.sql<{ image: string }>(
      `select distinct payload ->> 'image' as image from job where kind = $1 and outcome is null order by 1`,
      [kind],
    );
    return rows.map(({ image }) => image);
  }

  /** Where an image's blocks come from; of a match, whom it follows. */
  async blocks(name: string): Promise<string[]> {
    const rows = await this.sql<{ source: string; ref: string }>(
      'select source, ref from block where site_id = $1 and image_id = $2 order by source, ref',
      [this.desk.siteId, await this.id(name)],
    );
    return rows.map(({ source, ref }) => (source === 'match' ? `match ${ref}` : source));
  }
}
