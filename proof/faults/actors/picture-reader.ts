import { setTimeout as pause } from 'node:timers/promises';
import type { Question } from '../asker.js';
import { imageOf, type PublishedRecord, RAW_ACCOUNT } from '../record.js';
import { Actor } from './actor.js';

/** Addresses of one drawing at most, and milliseconds after each drawing: a host is asked for 60 pictures in a minute. */
const ADDRESSES = 3;
const PACE = 2_500;
/** One in so many. */
const HAS_AN_ID = 2;
const BLOCKS = 2;
const UNBLOCKS = 5;

/**
 * Readers who report pictures that are fetched, each under several addresses, which become one image by their bytes; and the
 * site, which has an id of its own for some, and blocks one at one address: what has an id follows that.
 */
export class PictureReader extends Actor {
  private readonly firsts: string[] = [];

  protected async turn(number: number): Promise<void> {
    const { pictures, slug } = this.site;
    const count = 1 + this.seeded.below(ADDRESSES);
    const urls = Array.from({ length: count }, (_, n) => `${pictures}/${number}-${n}.png`);
    const [first = ''] = urls;
    this.firsts.push(first);
    for (const [index, url] of urls.entries()) {
      const isLast = index > 0 && index === urls.length - 1;
      const id = isLast && this.seeded.below(HAS_AN_ID) === 0 ? `${slug}-picture-${number}` : null;
      if (id !== null && !(await this.bind(id, url))) continue;
      const account = `${RAW_ACCOUNT}-${this.name}-${number}-${index}`;
      if (!(await this.reportAs(account, url, { givesUp: false }))) continue;
      const record = { site: this.site, url, drawing: `${slug}/${number}`, id };
      this.world.known.pictures.set(imageOf(this.site, url), record);
    }
    if (this.seeded.below(BLOCKS) === 0)
      await this.block(this.firsts[this.seeded.below(number + 1)] ?? first);
    if (this.seeded.below(UNBLOCKS) === 0)
      await this.unblock(this.firsts[this.seeded.below(number + 1)] ?? first);
    await pause(PACE);
  }

  private async bind(id: string, url: string): Promise<boolean> {
    if (!(await this.tell('PUT', '/v1/images/addresses', { id, urls: [url] }))) return false;
    this.world.known.bound.set(imageOf(this.site, url), { site: this.site, id });
    return true;
  }

  private async block(url: string): Promise<void> {
    const known = this.publishedOf(url);
    known.block = undefined;
    if (await this.tell('PUT', '/v1/images/block', { image: { url }, reason: 'copyright' }))
      known.block = 'copyright';
  }

  private async unblock(url: string): Promise<void> {
    const known = this.publishedOf(url);
    known.block = undefined;
    const query = new URLSearchParams({ url }).toString();
    if (await this.tell('DELETE', `/v1/images/block?${query}`)) known.block = null;
  }

  private publishedOf(url: string): PublishedRecord {
    const { published } = this.world.known;
    const record = published.get(imageOf(this.site, url)) ?? {
      site: this.site,
      block: null,
      protected: false,
    };
    published.set(imageOf(this.site, url), record);
    return record;
  }

  private async tell(method: 'PUT' | 'DELETE', address: string, body?: object): Promise<boolean> {
    const question: Question = { method, address, key: this.site.secretKey, body };
    const settled = await this.settle(question, { givesUp: false });
    if (settled === null) return false;
    if (settled.answer.status !== 200) return (this.unexpected(question, settled.answer), false);
    this.done();
    return true;
  }
}
