import type { Question } from '../asker.js';
import { imageOf, RAW_ACCOUNT } from '../record.js';
import { Actor } from './actor.js';

const READERS = 8;

/** Tells the service which addresses show one image: some that readers have reported before, some that showed another one. */
export class Binder extends Actor {
  private ids = 0;
  private addresses: string[] = [];

  protected async turn(number: number): Promise<void> {
    this.addresses.push(`${this.site.images}/${this.name.replaceAll(' ', '-')}-${number}.jpg`);
    const urls = [...new Set([this.seeded.below(6), this.seeded.below(6)])]
      .map((back) => this.addresses[this.addresses.length - 1 - back])
      .filter((url): url is string => url !== undefined);
    if (urls.length === 0) return;
    for (const url of urls) {
      if (this.seeded.below(2) === 0)
        await this.reportAs(`${RAW_ACCOUNT}-${this.name}-${this.seeded.below(READERS)}`, url);
    }
    if (this.seeded.below(3) === 0 || this.ids === 0) this.ids += 1;
    await this.bind(`${this.name.replaceAll(' ', '-')}-${this.ids}`, urls);
  }

  private async bind(id: string, urls: readonly string[]): Promise<void> {
    const { bound } = this.world.known;
    const records = urls.map((url) => {
      const record = bound.get(imageOf(this.site, url)) ?? { site: this.site, id };
      record.id = undefined;
      bound.set(imageOf(this.site, url), record);
      return record;
    });
    const question: Question = {
      method: 'PUT',
      address: '/v1/images/addresses',
      key: this.site.secretKey,
      body: { id, urls },
    };
    const settled = await this.settle(question);
    if (settled === null) return;
    if (settled.answer.status !== 200) return this.unexpected(question, settled.answer);
    for (const record of records) record.id = id;
    this.done();
  }
}
