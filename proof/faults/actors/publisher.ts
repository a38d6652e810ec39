import type { Answer, Question } from '../asker.js';
import { imageOf, type PublishedRecord } from '../record.js';
import { Actor } from './actor.js';

/** Images of one publisher, which nobody else blocks or protects as the publisher; readers report some of them. */
const IMAGES = 15;

/** Blocks and protects images, and lets go of that; asks what is seen. */
export class Publisher extends Actor {
  protected async turn(): Promise<void> {
    // The first images of readers, one in so many for each publisher, and some of its own.
    const file =
      this.seeded.below(3) === 0
        ? `${this.name.replaceAll(' ', '-')}-0`
        : `${this.name.replaceAll(' ', '-')}-${this.seeded.below(IMAGES)}`;
    const url = `${this.site.images}/${file}.jpg`;
    const name = imageOf(this.site, url);
    const known: PublishedRecord = this.world.known.published.get(name) ?? {
      site: this.site,
      block: null,
      protected: false,
    };
    this.world.known.published.set(name, known);
    switch (this.seeded.below(6)) {
      case 0:
      case 1:
        return this.block(url, known);
      case 2:
        return this.unblock(url, known);
      case 3:
        return this.protect(url, known);
      case 4:
        return this.unprotect(url, known);
      default:
        return this.ask(url);
    }
  }

  private async block(url: string, known: PublishedRecord): Promise<void> {
    const reason = this.seeded.oneOf(['privacy', 'copyright']);
    known.block = undefined;
    const answer = await this.put('block', { image: { url }, reason });
    if (answer === null) return;
    known.block = reason;
    if (answer.body['blocked'] !== true) this.wrong(`${url} is not blocked after the publisher blocked it`);
  }

  private async unblock(url: string, known: PublishedRecord): Promise<void> {
    known.block = undefined;
    if (await this.takeBack('block', url)) known.block = null;
  }

  private async protect(url: string, known: PublishedRecord): Promise<void> {
    known.protected = undefined;
    if ((await this.put('protection', { image: { url } })) !== null) known.protected = true;
  }

  private async unprotect(url: string, known: PublishedRecord): Promise<void> {
    known.protected = undefined;
    if (await this.takeBack('protection', url)) known.protected = false;
  }

  private async put(what: string, body: object): Promise<Answer | null> {
    const question: Question = {
      method: 'PUT',
      address: `/v1/images/${what}`,
      key: this.site.secretKey,
      body,
    };
    const settled = await this.settle(question);
    if (settled === null) return null;
    if (settled.answer.status !== 200) return (this.unexpected(question, settled.answer), null);
    this.done();
    return settled.answer;
  }

  private async takeBack(what: string, url: string): Promise<boolean> {
    const address = `/v1/images/${what}?${new URLSearchParams({ url }).toString()}`;
    const question: Question = { method: 'DELETE', address, key: this.site.secretKey };
    const settled = await this.settle(question);
    if (settled === null) return false;
    // An image of which nobody has told yet.
    if (settled.answer.status !== 200 && settled.answer.status !== 404) {
      this.unexpected(question, settled.answer);
      return false;
    }
    this.done();
    return true;
  }

  private async ask(url: string): Promise<void> {
    const key = this.site.publishableKey;
    const single: Question = {
      method: 'GET',
      address: `/v1/images/state?${new URLSearchParams({ url }).toString()}`,
      key,
    };
    const images = Array.from({ length: 20 }, (_, n) => ({ url: `${this.site.images}/0-${n}.jpg` }));
    const many: Question = {
      method: 'POST',
      address: '/v1/images/state',
      key: this.site.secretKey,
      body: { images },
    };
    const question = this.seeded.below(2) === 0 ? single : many;
    const settled = await this.settle(question, { givesUp: false });
    if (settled !== null && settled.answer.status !== 200) this.unexpected(question, settled.answer);
  }
}
