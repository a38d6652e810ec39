import type { Actor, World } from './actors/actor.js';
import { Binder } from './actors/binder.js';
import { Moderator } from './actors/moderator.js';
import { PictureReader } from './actors/picture-reader.js';
import { Publisher } from './actors/publisher.js';
import { Reader } from './actors/reader.js';
import { StaffMember } from './actors/staff-member.js';
import { Gate } from './gate.js';
import type { Site } from './sites.js';

/** Everybody who asks for something, all at once, until they are quieted. */
export class Load {
  private readonly gate = new Gate();
  private ended = false;
  private readonly work: Promise<unknown>;

  constructor(world: World, sites: readonly [Site, Site]) {
    this.work = Promise.all(actorsOf(world, sites).map((actor) => this.act(actor)));
  }

  /** Resolves when everybody has got their last answer. */
  quieten(): Promise<void> {
    return this.gate.close();
  }

  goOn(): void {
    this.gate.open();
  }

  async end(): Promise<void> {
    this.ended = true;
    this.gate.open();
    await this.work;
  }

  private async act(actor: Actor): Promise<void> {
    while (!this.ended) {
      await this.gate.pass(async () => {
        if (!this.ended) await actor.next();
      });
    }
  }
}

/** Of the first site more than of the second, which is there to be kept apart, and to have a rule that holds. */
const PEOPLE = [
  { readers: 8, moderators: 2, publishers: 2, binders: 1 },
  { readers: 4, moderators: 1, publishers: 1, binders: 1 },
] as const;

const actorsOf = (world: World, sites: readonly [Site, Site]): Actor[] =>
  sites.flatMap((site, index) => {
    const { readers, moderators, publishers, binders } = PEOPLE[index] ?? PEOPLE[0];
    const some = (count: number, make: (name: string) => Actor, what: string): Actor[] =>
      Array.from({ length: count }, (_, n) => make(`${what} ${n} of ${site.slug}`));
    return [
      ...some(readers, (name) => new Reader(world, site, name), 'reader'),
      ...some(moderators, (name) => new Moderator(world, site, name), 'moderator'),
      new Moderator(world, site, `lead of ${site.slug}`).asLead(),
      ...some(publishers, (name) => new Publisher(world, site, name), 'publisher'),
      ...some(binders, (name) => new Binder(world, site, name), 'binder'),
      new PictureReader(world, site, `who sees pictures of ${site.slug}`),
      new StaffMember(world, site, `desk of ${site.slug}`),
    ];
  });
