import type { Answer } from './asked.js';
import { at, type Differences, ordered } from './differences.js';
import { imageNamed } from './rules/images.js';
import type { Model, ReviewCase, Sign } from './rules/state.js';

/** What a lead is told of an image's last case: why it is or was held, and what the log says of that. */
export function compareHeldCase(
  differences: Differences,
  model: Model,
  name: string,
  caseRound: number,
  { body }: Answer,
): void {
  const one = imageNamed(model, name)?.cases.find(({ round }) => round === caseRound);
  if (one === undefined) return;
  differences.same(`the hold of ${name}`, saidHold(body['hold']), toldHold(one));
  const timeline = (body['timeline'] ?? []) as readonly { readonly type: string }[];
  const ofHold = (event: unknown): boolean => at(event, 'data', 'held') === true;
  const times = (type: string): number =>
    timeline.filter((event) => event.type === type && (type !== 'case.overdue' || ofHold(event))).length;
  differences.same(`how often ${name} began to be held`, times('case.held'), one.timesHeld);
  differences.same(`how often a hold of ${name} was overdue`, times('case.overdue'), one.timesTold);
}

const saidHold = (said: unknown): unknown =>
  said === null
    ? null
    : {
        by: at(said, 'by'),
        needed: at(said, 'needed'),
        reporters: at(said, 'reporters'),
        setAside: at(said, 'setAside') ?? null,
        signs: at(said, 'findings') === undefined ? null : signsOf(at(said, 'findings')),
      };

function toldHold({ hold }: ReviewCase): unknown {
  if (hold === null) return null;
  const { by, needed, reporters, setAside, signs } = hold;
  return { by, needed, reporters, setAside, signs };
}

/** Within how many seconds a burst came the model does not know. */
export const signsOf = (said: unknown): unknown =>
  ((said ?? []) as Sign[]).map(({ signal, votes, figures }) => ({
    signal,
    votes,
    figures: ordered(Object.entries(figures).filter(([figure]) => figure !== 'seconds')),
  }));
