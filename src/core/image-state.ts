import type { HoldFinding } from './hold-finding.js';
import { type LeftOut, NONE_LEFT_OUT } from './left-out.js';
import type { CrossedBy } from './threshold.js';
import type { Policy } from './reasons.js';
import type { Tally } from './tally.js';
import type { Views } from './views.js';

/** Where a block comes from, strongest first: the strongest gives the shown reason. */
export const BLOCK_SOURCES = ['publisher', 'moderator', 'threshold', 'match'] as const;
export type BlockSource = (typeof BLOCK_SOURCES)[number];

/** Why a rule blocked, frozen at the crossing (docs/rules.md, rule 8). */
export interface Evidence {
  readonly crossedBy: CrossedBy;
  readonly needed: number;
  readonly reporters: number;
  readonly tally: Tally;
  /** Votes of the round that were left out, by cause. */
  readonly leftOut: LeftOut;
  /** What the votes weighed that crossed, in thousandths. Left away where votes had no weight yet. */
  readonly weight?: number;
  /** Votes that looked coordinated and were set aside, and why: the rest crossed. Left away where none were. */
  readonly setAside?: number;
  readonly findings?: readonly HoldFinding[];
}

/**
 * Why a case is held: what would have blocked its image, and did not, by the version of the rule that looked last; left away where
 * that was not kept yet. Times in ms since 1970.
 */
export type CaseHold = { readonly ruleVersion?: number } & (
  | {
      /** Votes that look coordinated are set aside, and the rest is not enough (docs/rules.md, rule 4). */
      readonly by: 'signals';
      readonly since: number;
      readonly needed: number;
      readonly reporters: number;
      readonly setAside: number;
      readonly findings: readonly HoldFinding[];
    }
  | {
      /** The site had as many automatic blocks within the hour as its breaker lets through (rule 5). */
      readonly by: 'breaker';
      readonly since: number;
      readonly needed: number;
      readonly reporters: number;
      readonly blocksInHour: number;
      readonly limit: number;
    }
);

/** One standing cause for an image to be hidden. (source, ref) is unique for an image. Times in ms since 1970. */
export interface Block {
  readonly source: BlockSource;
  /** publisher: ''; moderator: the decision's id; threshold: the round; match: the image whose block it follows. */
  readonly ref: string;
  /** The readers' reason, or the policy that a moderator cites. */
  readonly reason: Policy;
  readonly note: string | null;
  readonly since: number;
  readonly ruleVersion: number | null;
  readonly evidence: Evidence | null;
}

/** What moderators see, the second axis: never mixed with visibility. */
export type ReviewState = 'none' | 'open' | 'escalated' | 'closed';

export type CaseStatus = Exclude<ReviewState, 'none'>;
export type CaseOutcome = 'block' | 'keep' | 'superseded' | 'merged';
/**
 * Something a moderator should know that never changes the state by itself: a vote that made the block was withdrawn; two
 * reporters turned out to be one person, a device and its account; other bytes came while the old ones were blocked or
 * awaited a decision; bytes came back that had been here before; the site says that the picture is right.
 */
export type CaseFlag =
  'support-withdrawn' | 'reporters-linked' | 'bytes-replaced' | 'bytes-returned' | 'appealed';

export interface Lease {
  readonly holder: string;
  /** SHA-256 of the token, in hexadecimal. */
  readonly token: string;
  /** Did it still run when the case was read? By the database's clock. */
  readonly live: boolean;
}

/** A unit of review work: one image, one round. */
export interface CaseState {
  /** Null until it is stored. */
  readonly id: string | null;
  readonly round: number;
  readonly status: CaseStatus;
  readonly held: boolean;
  /** Why it is, or was, held; null: it never was, or was blocked since. */
  readonly hold: CaseHold | null;
  /** When the block or hold began of which was told that nobody reviewed it in time; null: of none. In ms since 1970. */
  readonly overdueFor: number | null;
  /** When a rule's block was lifted for that: what was said before blocks no more. In ms since 1970. */
  readonly liftedAt: number | null;
  readonly severe: boolean;
  readonly flags: readonly CaseFlag[];
  readonly priority: number;
  /** In ms since 1970. */
  readonly openedAt: number;
  /**
   * Since when it waits, which gives it its age in the queue: since an appeal opened it again, or since the case was opened
   * whose work it goes on with, of old bytes or of an image that became part of this one.
   */
  readonly waitingSince: number;
  /** Raised by decisions and undos, never by reports, so that a hot case can be decided. */
  readonly version: number;
  readonly outcome: CaseOutcome | null;
  readonly lease: Lease | null;
}

/** Everything the rules need to know of an image. */
export interface ImageState {
  readonly blocks: readonly Block[];
  readonly reviewState: ReviewState;
  readonly round: number;
  /** Counted votes of the round; those of the last `windowHours` once they are enough to matter. */
  readonly tally: Tally;
  /** Votes of the whole round that stand and are not counted. */
  readonly leftOut: LeftOut;
  readonly protected: boolean;
  /** When a keep last ended a round. */
  readonly keptAt: number | null;
  /** The content version that is shown (docs/rules.md, rule 14); null while nobody has looked at the bytes. */
  readonly content: number | null;
  /** When other bytes last came; null: they are the first. */
  readonly contentChangedAt: number | null;
  /** How often it is seen, as its site last said; null: it never did. */
  readonly views: Views | null;
  /** Rises exactly when `blocked` or the shown reason changes. */
  readonly version: number;
  /** Start of the current blocked spell. */
  readonly since: number | null;
  /**
   * The case that awaits a decision, else the current round's, else null. For an undo: the case that the decision was
   * about, which may be an older round's.
   */
  readonly case: CaseState | null;
}

export const NEW_IMAGE: ImageState = {
  blocks: [],
  reviewState: 'none',
  round: 1,
  tally: {},
  leftOut: NONE_LEFT_OUT,
  protected: false,
  keptAt: null,
  content: null,
  contentChangedAt: null,
  views: null,
  version: 0,
  since: null,
  case: null,
};

/** What readers and publishers see of an image. `reviewed`: a person, not a rule, stands behind the block. */
export type Visibility =
  | { readonly blocked: false; readonly version: number }
  | {
      readonly blocked: true;
      readonly version: number;
      readonly reason: Policy;
      readonly since: number;
      readonly reviewed: boolean;
    };

/**
 * The block that gives the shown reason: the strongest source, the earliest of them. Of decisions of one moment the first, in whatever
 * order they were read: else the state came to show another reason than the log had told.
 */
export function strongestBlock(blocks: readonly Block[]): Block | null {
  const strength = (block: Block): number => BLOCK_SOURCES.indexOf(block.source);
  return (
    [...blocks].sort((a, b) => strength(a) - strength(b) || a.since - b.since || inOrder(a.ref, b.ref))[0] ??
    null
  );
}

/** Of numbers that are texts. */
const inOrder = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/** Is there a block from this source? */
export const isBlockedBy = (source: BlockSource, blocks: readonly Block[]): boolean =>
  blocks.some((block) => block.source === source);

/** Blocks without those that give way: a protection lifts what machines did, a moderator outranks the rule (10, 12). */
export function withoutOutranked(blocks: readonly Block[], isProtected: boolean): readonly Block[] {
  const outranked: readonly BlockSource[] = isProtected
    ? ['threshold', 'match']
    : isBlockedBy('moderator', blocks)
      ? ['threshold']
      : [];
  return blocks.filter(({ source }) => !outranked.includes(source));
}

/** Its case goes on as any other. Why it was held stays known. */
export const withoutHold = (state: ImageState): ImageState =>
  state.case?.held === true ? { ...state, case: { ...state.case, held: false } } : state;

/** The rule would not block what is protected, or what a moderator blocked: its case is held for nothing (docs/rules.md, 4, 10 and 12). */
export const withoutNeedlessHold = (state: ImageState): ImageState =>
  state.protected || isBlockedBy('moderator', state.blocks) ? withoutHold(state) : state;

/** What the log says of blocks that gave way, by which what is usual on a site is measured (docs/rules.md, rule 4). */
export const saidOfLifted = (
  before: readonly Block[],
  after: readonly Block[],
): { source: BlockSource; since: number }[] =>
  before.filter((block) => !after.includes(block)).map(({ source, since }) => ({ source, since }));

export function visibilityOf(state: ImageState): Visibility {
  const strongest = strongestBlock(state.blocks);
  if (strongest === null) return { blocked: false, version: state.version };
  return {
    blocked: true,
    version: state.version,
    reason: strongest.reason,
    since: state.since ?? strongest.since,
    reviewed: isBlockedBy('publisher', state.blocks) || isBlockedBy('moderator', state.blocks),
  };
}

/** Does a case await a decision? */
export const awaitsDecision = (moderationCase: CaseState | null): moderationCase is AwaitingCase =>
  moderationCase !== null && moderationCase.status !== 'closed';
type AwaitingCase = CaseState & { readonly status: 'open' | 'escalated' };

/** Has its site asked for another look that nobody has had yet? */
export const isAppealed = ({ flags }: CaseState): boolean => flags.includes('appealed');

/** The same case without its appeal. */
export const withoutAppeal = (moderationCase: CaseState): CaseState =>
  isAppealed(moderationCase)
    ? { ...moderationCase, flags: moderationCase.flags.filter((flag) => flag !== 'appealed') }
    : moderationCase;
