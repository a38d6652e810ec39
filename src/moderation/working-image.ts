import type { Actor, Command } from '../core/command.js';
import type { CoreEvent, Verdict } from '../core/verdict.js';
import { decide } from '../core/decide.js';
import type { CaseState, ImageState } from '../core/image-state.js';
import type { Tally } from '../core/tally.js';
import type { DecideImage, WantedKey } from './image-command.js';
import type { LoadedImage } from './load-states.js';

/** A decision to be stored with what it took away and added. */
export interface TakenDecision {
  readonly command: DecideImage;
  readonly decisionId: string;
  readonly caseId: string | null;
  /** Whose votes it is about: from the first round of its case to the one that goes on. */
  readonly firstRound: number;
  readonly round: number;
  readonly content: number | null;
  readonly delta: NonNullable<Extract<Verdict, { ok: true }>['delta']>;
}

/** A line of the log to be. `ofSite`: it is about the site, although this image was the cause. */
export type WorkingEvent = CoreEvent & { readonly decisionId: string | null; readonly ofSite?: true };

/** An image on its way through the neck. */
export interface WorkingImage {
  readonly loaded: LoadedImage;
  state: ImageState;
  /** Counted votes of the whole round, as kept on the image. */
  tally: Tally;
  readonly events: WorkingEvent[];
  readonly decisions: TakenDecision[];
  /** Cases of bytes that went, closed here. */
  readonly superseded: CaseState[];
  /** Images that this one follows as a job has it, which looks after them itself. */
  readonly lookedAfter: Set<string>;
  /** A look at its bytes has been staged here. */
  fetched: boolean;
  /** Addresses as they were given that become its own here (docs/adr/0016). */
  readonly shown: readonly WantedKey[];
}

/** Whoever reports, and withdraws. */
export const READER: Actor = { kind: 'reader', id: null };

/** An image as it was found. */
export const workingOn = (loaded: LoadedImage, shown: readonly WantedKey[] = []): WorkingImage => ({
  loaded,
  state: loaded.state,
  tally: loaded.row.tally,
  events: [],
  decisions: [],
  superseded: [],
  lookedAfter: new Set(),
  fetched: false,
  shown,
});

/** Lets the rules judge, and keeps what they say. */
export function apply(
  image: WorkingImage,
  state: ImageState,
  actor: Actor,
  command: Command,
  decisionId: string | null = null,
): Verdict {
  const verdict = decide(state, command, actor, image.loaded.rule, image.loaded.now);
  if (verdict.ok) {
    image.state = verdict.next;
    image.events.push(...verdict.events.map((event) => ({ decisionId, ...event })));
    if (verdict.superseded !== undefined) image.superseded.push(verdict.superseded);
    if (verdict.next.round !== state.round) image.tally = verdict.next.tally;
  }
  return verdict;
}

/** A person's words belong to the event that they explain. */
export function note(image: WorkingImage, type: CoreEvent['type'], text: string): void {
  const at = image.events.findLastIndex((event) => event.type === type);
  const event = image.events[at];
  if (event !== undefined) image.events[at] = { ...event, data: { ...event.data, note: text } };
}
