import { type Answer, namedAs } from './asked.js';
import { at, Differences } from './differences.js';
import { UNKNOWN } from './rules/cases.js';
import {
  blockBy,
  type Image,
  imageNamed,
  type Model,
  openCase,
  REASONS,
  type ReviewCase,
  type Source,
  strongest,
} from './rules/state.js';
import { counted, standing } from './rules/threshold.js';
import type { World } from './world.js';

/** What is asked of the service between two commands. */
export interface Seen {
  readonly names: readonly string[];
  readonly states: Answer;
  readonly as: 'site' | 'browser';
  /** As moderators see those that were touched. */
  readonly histories: ReadonlyMap<string, Answer>;
}

/** @param names of all images of the world @param touched those looked at closely */
export async function observe(
  world: World,
  names: readonly string[],
  touched: readonly string[],
  as: Seen['as'],
  process: number,
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
  return { names, states, as, histories: new Map(touched.map((name, n) => [name, histories[n] ?? states])) };
}

/** What is seen otherwise than the model has it; on the way the model learns the ids of cases. */
export function compare(model: Model, seen: Seen): string[] {
  const differences = new Differences();
  differences.same('status of the states', seen.states.status, 200);
  const states = (seen.states.body['states'] ?? []) as unknown[];
  seen.names.forEach((name, n) => compareState(differences, model, name, states[n], seen.as));
  for (const [name, answer] of seen.histories) compareHistory(differences, model, name, answer);
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

const SOURCES: readonly Source[] = ['publisher', 'moderator', 'threshold'];

function compareHistory(
  differences: Differences,
  model: Model,
  name: string,
  { status, body }: Answer,
): void {
  const image = imageNamed(model, name);
  differences.same(`status of the image ${name}`, status, image === undefined ? 404 : 200);
  if (image === undefined || status !== 200) return;
  const of = (what: string): string => `${what} of ${name}`;
  differences.same(of('round'), body['round'], image.round);
  differences.same(of('protection'), body['protected'], image.protected);
  differences.same(of('review state'), body['reviewState'], reviewStateOf(image));
  const blocks = (body['blocks'] ?? []) as { source: Source; reason: string }[];
  differences.same(
    of('blocks'),
    blocks.map(({ source, reason }) => `${source}: ${reason}`).sort(),
    SOURCES.flatMap((source) => blockBy(image, source) ?? [])
      .map(({ source, reason }) => `${source}: ${reason}`)
      .sort(),
  );
  const rounds = (body['rounds'] ?? []) as { round: number }[];
  const current = rounds.find(({ round }) => round === image.round);
  differences.same(of('tally'), current === undefined ? tallyOf(undefined) : tallyOf(current), {
    reporters: counted(image).length,
    notCounted: standing(image).length - counted(image).length,
    reasons: reasonsOf(image),
  });
  compareCases(differences, model, of('cases'), image, (body['cases'] ?? []) as SaidCase[]);
}

interface SaidCase {
  readonly id: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly round: number;
}

function compareCases(
  differences: Differences,
  model: Model,
  what: string,
  image: Image,
  said: readonly SaidCase[],
): void {
  const told = image.cases.map(({ status, outcome, round }) => ({ status, outcome, round }));
  const inOrder = [...said].sort((a, b) => a.round - b.round);
  differences.same(
    what,
    inOrder.map(({ status, outcome, round }) => ({ status, outcome, round })),
    told,
  );
  image.cases.forEach((one, n) => {
    const { id } = inOrder[n] ?? { id: UNKNOWN };
    if (one.id === UNKNOWN) nameCase(model, image, one, id);
    else differences.same(`id of a case`, id, one.id);
  });
}

/** Decisions in the same turn that opened it know it by no name either. */
function nameCase(model: Model, image: Image, one: ReviewCase, id: string): void {
  Object.assign(one, { id });
  const index = model.images.indexOf(image);
  model.decisions.forEach((made, n) => {
    if (made.image === index && made.caseId === UNKNOWN && made.roundBefore === one.round)
      model.decisions[n] = { ...made, caseId: id };
  });
}

const tallyOf = (said: unknown): unknown => ({
  reporters: at(said, 'reporters') ?? 0,
  notCounted: at(said, 'notCounted') ?? 0,
  reasons: sorted((at(said, 'reasons') ?? {}) as Record<string, number>),
});

const reasonsOf = (image: Image): unknown =>
  sorted(
    Object.fromEntries(
      REASONS.map(
        (reason) =>
          [reason, counted(image).filter(({ reasons }) => reasons.includes(reason)).length] as const,
      ).filter(([, count]) => count > 0),
    ),
  );

const sorted = (counts: Record<string, number>): unknown =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));

export function reviewStateOf(image: Image): string {
  const awaiting = openCase(image);
  if (awaiting !== undefined) return awaiting.status;
  return image.cases.length > 0 ? 'closed' : 'none';
}
