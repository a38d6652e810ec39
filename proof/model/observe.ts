import { type Answer, namedAs } from './asked.js';
import { Differences } from './differences.js';
import { compareAutomation } from './automation.js';
import { compareHeldCase } from './held-cases.js';
import { compareHistory } from './history.js';
import { imageNamed, strongest } from './rules/images.js';
import type { Model } from './rules/state.js';
import { compareMutes } from './muted-readers.js';
import { compareReaders, lookAtReaders, type SaidReaders } from './readers.js';
import type { World } from './world.js';

/** What is asked of the service between two commands. */
export interface Seen {
  readonly names: readonly string[];
  readonly states: Answer;
  readonly as: 'site' | 'browser';
  /** As moderators see those that were touched. */
  readonly histories: ReadonlyMap<string, Answer>;
  /** By image: its last case, and who reported in that. */
  readonly readers: ReadonlyMap<string, SaidReaders>;
  readonly automation: Answer | null;
  readonly mutes: Answer | null;
}

/** @param names of all images of the world @param touched those looked at closely @param whole at their readers, and what the site's rule does by itself, too */
export async function observe(
  world: World,
  names: readonly string[],
  touched: readonly string[],
  as: Seen['as'],
  process: number,
  whole: boolean,
): Promise<Seen> {
  const [states, ...histories] = await Promise.all([
    world.states(names.map(namedAs), as, process),
    ...touched.map((name) =>
      world.send(
        `/v1/images?site=${world.slug}&${world.query(namedAs(name))}`,
        world.tokenOf('lead'),
        undefined,
        process,
      ),
    ),
  ]);
  const byName = new Map(touched.map((name, n) => [name, histories[n] ?? states]));
  return {
    names,
    states,
    as,
    histories: byName,
    readers: whole ? await lookAtReaders(world, byName, process) : new Map(),
    automation: whole ? await world.automation(process) : null,
    mutes: whole ? await world.mutes(process) : null,
  };
}

/** What is seen otherwise than the model has it; on the way the model learns the ids of cases. */
export function compare(model: Model, seen: Seen): string[] {
  const differences = new Differences();
  differences.same('status of the states', seen.states.status, 200);
  const states = (seen.states.body['states'] ?? []) as unknown[];
  seen.names.forEach((name, n) => compareState(differences, model, name, states[n], seen.as));
  for (const [name, answer] of seen.histories) compareHistory(differences, model, name, answer);
  for (const [name, said] of seen.readers) {
    compareReaders(differences, model, name, said);
    compareHeldCase(differences, model, name, said.caseRound, said.of);
  }
  if (seen.mutes !== null) compareMutes(differences, model, seen.mutes);
  if (seen.automation !== null) compareAutomation(differences, model, seen.automation);
  return differences.found;
}

function compareState(
  differences: Differences,
  model: Model,
  name: string,
  said: unknown,
  as: Seen['as'],
): void {
  const image = imageNamed(model, name);
  const block = image && strongest(image);
  const rest = Object.fromEntries(
    Object.entries(said as object).filter(([what]) => what !== 'image' && what !== 'since'),
  );
  const state =
    image === undefined || block === undefined
      ? { blocked: false }
      : {
          blocked: true,
          ...(as === 'site' ? { reason: block.reason, reviewed: block.source !== 'threshold' } : {}),
          version: image.version,
        };
  differences.same(`state of ${name} for the ${as}`, rest, state);
}
