import type { Answer } from './asked.js';
import { at, Differences, ordered } from './differences.js';
import { UNKNOWN } from './rules/cases.js';
import { nameOfSaid } from './rules/leases.js';
import { strongest } from './rules/images.js';
import type { Model } from './rules/state.js';
import type { World } from './world.js';

/** What is there once all has been played: whatever waits in the queue, and what the feed tells from the beginning on. */
export interface Ended {
  readonly queue: readonly Answer[];
  readonly feed: Answer;
}

const QUEUES = ['open', 'held', 'escalated'] as const;
/** More than a sequence can change. */
const CHANGES = 1000;

export async function lookAtEnd(world: World, process: number): Promise<Ended> {
  const [feed, ...queue] = await Promise.all([
    world.send(
      `/v1/changes?cursor=${encodeURIComponent(world.cursor)}&limit=${CHANGES}`,
      undefined,
      undefined,
      process,
    ),
    ...QUEUES.map((status) =>
      world.send(
        `/v1/cases?site=${world.slug}&status=${status}&limit=100`,
        world.tokenOf('lead'),
        undefined,
        process,
      ),
    ),
  ]);
  return { feed, queue };
}

export function compareEnd(model: Model, { queue, feed }: Ended): string[] {
  const differences = new Differences();
  QUEUES.forEach((status, n) => {
    const said = (queue[n]?.body['items'] ?? []) as { id: string }[];
    const told = model.images.flatMap(({ cases }) =>
      cases.filter((one) => (status === 'held' ? one.held : one.status === status)),
    );
    differences.same(`how many cases are ${status}`, said.length, told.length);
    const known = told.map(({ id }) => id).filter((id) => id !== UNKNOWN);
    const missing = known.filter((id) => said.every((one) => one.id !== id));
    differences.same(`cases that the list of ${status} ones leaves out`, missing, []);
  });
  differences.same('status of the feed', feed.status, 200);
  differences.same('more in the feed', feed.body['more'], false);
  differences.same('what is blocked, as the feed tells', folded(feed), blockedIn(model));
  return differences.found;
}

/** Of each image what has the highest version (invariant 7). */
function folded(feed: Answer): Record<string, unknown> {
  const latest = new Map<string, { version: number; blocked: boolean; reason: unknown }>();
  for (const change of (feed.body['changes'] ?? []) as unknown[]) {
    const version = Number(at(change, 'version'));
    for (const name of namesSaid(at(change, 'image')))
      if (version > (latest.get(name)?.version ?? 0))
        latest.set(name, { version, blocked: at(change, 'blocked') === true, reason: at(change, 'reason') });
  }
  return ordered(
    [...latest]
      .filter(([, { blocked }]) => blocked)
      .map(([name, { version, reason }]) => [name, { reason, version }]),
  );
}

/** All under which its state can be asked. */
function namesSaid(image: unknown): string[] {
  const [id, url] = [at(image, 'id'), at(image, 'url')];
  const urls = [...(at(image, 'addresses') as unknown[]), ...(url === undefined ? [] : [url])];
  const names = urls.map((one) => nameOfSaid({ url: one }));
  return [...new Set(id === undefined ? names : [nameOfSaid({ ownId: id }), ...names])];
}

const blockedIn = (model: Model): Record<string, unknown> =>
  ordered(
    model.images.flatMap((image) => {
      const block = strongest(image);
      const seen = { reason: block?.reason, version: image.version };
      return block === undefined ? [] : image.names.map((name) => [name, seen] as const);
    }),
  );
