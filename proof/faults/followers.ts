import { createClient, type VigieClient } from '../../src/client/index.js';
import { FeedFolder, type FeedMark } from '../../test/processes/feed-folder.js';
import { until } from '../../test/setup/until.js';
import type { Site } from './sites.js';
import { StreamFolder } from './stream-folder.js';

/** Marks of each long poll that later followers begin at. */
const MARKS = 6;

/** One who follows a site's feed, and what they believe is blocked. */
interface Follower {
  readonly name: string;
  readonly site: Site;
  readonly wrong: readonly string[];
  readonly blocked: string[];
  stop(): Promise<void>;
}

/** All who follow the feeds of both sites, each process of the API by long poll, stream and client library. */
export class Followers {
  private readonly marks: { readonly process: number; readonly site: Site; readonly mark: FeedMark }[] = [];

  private constructor(
    private readonly ports: readonly number[],
    private readonly polls: readonly {
      readonly process: number;
      readonly site: Site;
      readonly folder: FeedFolder;
    }[],
    private readonly streams: readonly Follower[],
    readonly libraries: readonly {
      readonly name: string;
      readonly site: Site;
      readonly client: VigieClient;
    }[],
  ) {}

  static async start(ports: readonly number[], sites: readonly Site[]): Promise<Followers> {
    const polls = ports.flatMap((port, process) =>
      sites.map((site) => ({ process, site, folder: new FeedFolder(() => ({ port }), site.secretKey) })),
    );
    await until(() => polls.every(({ folder }) => folder.mark() !== null));
    const streams = polls.flatMap(({ process, site, folder }) => {
      const mark = folder.mark();
      const port = ports[process];
      if (mark === null || port === undefined) return [];
      return [named(`stream of api-${process + 1}`, site, new StreamFolder(port, site.secretKey, mark))];
    });
    const libraries = ports.flatMap((port, process) =>
      sites.map((site) => ({
        name: `client library on api-${process + 1}`,
        site,
        client: createClient({ baseUrl: `http://127.0.0.1:${port}`, key: site.secretKey }),
      })),
    );
    await Promise.all(libraries.map(({ client }) => client.start()));
    return new Followers(ports, polls, streams, libraries);
  }

  /** Remembers where the long polls are: followers who were away since then begin there. */
  mark(): void {
    for (const { process, site, folder } of this.polls) {
      const mark = folder.mark();
      if (mark !== null) this.marks.push({ process, site, mark });
    }
    this.marks.splice(0, this.marks.length - MARKS * this.polls.length);
  }

  /** Those of the whole time, and from now on others who begin at each mark, at the other process. */
  all(): { readonly there: readonly Follower[]; readonly stopLate: () => Promise<void> } {
    const late = this.marks.map(({ process, site, mark }, index): Follower => {
      const other = (process + 1) % this.ports.length;
      const port = this.ports[other] ?? 0;
      const name = `from cursor ${index + 1} of api-${process + 1}, at api-${other + 1}`;
      return named(name, site, new FeedFolder(() => ({ port }), site.secretKey, mark));
    });
    const polls = this.polls.map(({ process, site, folder }) =>
      named(`long poll of api-${process + 1}`, site, folder),
    );
    return {
      there: [...polls, ...this.streams, ...late],
      stopLate: async () => void (await Promise.all(late.map((follower) => follower.stop()))),
    };
  }

  /** Sentences: the epoch never ended, so nobody had to take the list again. */
  get relisted(): string[] {
    return this.polls
      .filter(({ folder }) => folder.lists !== 1)
      .map(
        ({ process, site, folder }) =>
          `I7: the long poll of api-${process + 1} on ${site.slug} took the list ${folder.lists} times`,
      );
  }

  async close(): Promise<void> {
    await Promise.all([
      ...this.polls.map(({ folder }) => folder.stop()),
      ...this.streams.map((stream) => stream.stop()),
      ...this.libraries.map(({ client }) => client.close()),
    ]);
  }
}

const named = (name: string, site: Site, folder: FeedFolder | StreamFolder): Follower => ({
  name,
  site,
  get wrong() {
    return folder.wrong;
  },
  get blocked() {
    return folder.blocked;
  },
  stop: () => folder.stop(),
});
