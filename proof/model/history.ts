import type { Answer } from './asked.js';
import { at, type Differences } from './differences.js';
import { signsOf } from './held-cases.js';
import { UNKNOWN } from './rules/cases.js';
import { blockBy, imageNamed, openCase } from './rules/images.js';
import {
  type Evidence,
  type Image,
  type Model,
  REASONS,
  type ReviewCase,
  type Source,
} from './rules/state.js';
import { counted, standing } from './rules/threshold.js';

/** What moderators see of an image; on the way the model learns the ids of cases. */
export function compareHistory(
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
    image.blocks.map(({ source, reason }) => `${source}: ${reason}`).sort(),
  );
  const evidence = blockBy(image, 'threshold')?.evidence ?? null;
  if (evidence !== null) differences.same(of('evidence'), evidenceOf(blocks), evidence);
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

function evidenceOf(blocks: readonly { readonly source: Source }[]): Evidence {
  const said = at(
    blocks.find(({ source }) => source === 'threshold'),
    'evidence',
  );
  const of = (what: string): unknown => at(said, what);
  return {
    crossedBy: of('crossedBy'),
    needed: of('needed'),
    reporters: of('reporters'),
    weight: of('weight'),
    setAside: of('setAside') ?? 0,
    signs: signsOf(of('findings')),
  } as Evidence;
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

function reviewStateOf(image: Image): string {
  const awaiting = openCase(image);
  if (awaiting !== undefined) return awaiting.status;
  return image.cases.length > 0 ? 'closed' : 'none';
}
