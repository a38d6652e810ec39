import type { HeardVotes } from './hear-votes.js';
import type { Block, CaseStatus, ImageState } from './image-state.js';
import type { LeftOut, LeftOutCause, LeftOutChange } from './left-out.js';
import type { Policy, Reason } from './reasons.js';
import type { Tally, VoteChange } from './tally.js';

/** Who caused a change. `id` is the member of staff, and null for everybody else: the log holds no reader. */
export type Actor =
  | { readonly kind: 'reader' | 'rule' | 'site' | 'operator'; readonly id: null }
  | { readonly kind: 'staff'; readonly id: string };

export type DecisionAction = 'block' | 'keep' | 'escalate';
/** What a decision says of the reports: it earns or costs their reporters weight, or touches nothing. */
export type ReportsVerdict = 'valid' | 'invalid' | 'ignore';

/** What a decision took away and added, so that an undo is a delta (docs/rules.md, rule 15). */
export interface Delta {
  readonly removed: readonly Block[];
  readonly added: readonly Block[];
  /** Before the decision. */
  readonly keptAt: number | null;
  /** Of the case, before the decision; null when it was taken on the image itself. */
  readonly caseStatus: CaseStatus | null;
  /** Was that case held? Left away by decisions from before this was kept. */
  readonly held?: boolean;
  /** The decision ended an appeal. Left away where there was none. */
  readonly appealed?: true;
}

/** A vote that changes. `mayBlockAlone`: its reporter has severe budget left (one in seven days, rule 6). */
export interface CastVote extends VoteChange {
  readonly mayBlockAlone: boolean;
}

/** A vote that changes and is not counted. `severe`: it newly gives the severe reason. */
export interface UncountedVote extends LeftOutChange {
  readonly severe: boolean;
}

/** What a site's breaker lets through, at the moment (docs/rules.md, rule 5). */
export interface BreakerRoom {
  /** Further automatic blocks within this hour. */
  readonly left: number;
  readonly blocksInHour: number;
  readonly limit: number;
}

/** Readers' votes on one image, all that one transaction brings. */
export interface CastVotes {
  readonly type: 'cast-votes';
  readonly votes: readonly CastVote[];
  readonly uncounted: readonly UncountedVote[];
  /** The votes that count after all of these, one by one; null where nothing can cross. */
  readonly heard: HeardVotes | null;
  /** Whose counted votes stand in the whole round, where the state's tally holds the votes of the window alone. */
  readonly spoken?: number;
  /** How many more blocks the site's breaker lets through; null: any number, or nothing can cross. */
  readonly breaker: BreakerRoom | null;
  /**
   * Another system recorded all of these before the window: but for the severe reason they open no case, as an archive would open
   * thousands.
   */
  readonly old?: boolean;
  /** A device's vote among these became its account's: they are one person from now on. */
  readonly linked: boolean;
  /** How many more unreviewed single-vote severe blocks the site may get in this hour. */
  readonly siteSevereBudget: number;
}

export interface WithdrawVote {
  readonly type: 'withdraw-vote';
  readonly vote: VoteChange;
  /** Why it was not counted; null: it was. */
  readonly leftOut: LeftOutCause | null;
  /** The round in which it was cast: an ended round's vote counts nowhere, but may still be a block's evidence. */
  readonly round: number;
  /** When the vote was cast: a vote from before a crossing is evidence. */
  readonly castAt: number;
}

export interface Decide {
  readonly type: 'decide';
  readonly decisionId: string;
  readonly action: DecisionAction;
  readonly policy: Policy | null;
  readonly staffId: string;
  /** May this person decide escalated cases? */
  readonly lead: boolean;
  /** The case that was decided, as the moderator saw it; null when staff acts on the image itself. */
  readonly seen: {
    readonly caseId: string;
    readonly version: number;
    readonly leaseToken: string | null;
  } | null;
  /** Severe cases are never part of a bulk action (rule 6). */
  readonly bulk: boolean;
  /** Of the bytes that were looked at; null: not said. */
  readonly contentVersion: number | null;
}

export interface UndoDecision {
  readonly type: 'undo-decision';
  readonly decisionId: string;
  readonly action: DecisionAction;
  readonly delta: Delta;
  readonly decidedBy: string;
  readonly staffId: string;
  readonly lead: boolean;
  /** Is it the latest standing decision on the image, and has no newer case been opened since? */
  readonly latest: boolean;
  readonly newerCase: boolean;
  /** The content version that was decided on; null: nobody had looked at the bytes. */
  readonly contentVersion: number | null;
  /** Images whose blocks no longer stand: what followed them does not come back. */
  readonly endedSources: readonly string[];
  /** The state's votes one by one; null: they are uncapped and weigh 1. */
  readonly heard: HeardVotes | null;
  /** As with votes that are cast. */
  readonly breaker?: BreakerRoom | null;
  /** Somebody whose vote stands, counted or not, has spoken since: cast it, cast it again, or added a reason. */
  readonly spokenSince: boolean;
  /** As with votes that are cast. */
  readonly spoken?: number;
  /** As of an appeal. */
  readonly severe?: boolean;
}

export interface PublisherBlock {
  readonly type: 'publisher-block';
  readonly reason: Reason;
  readonly note: string | null;
  /** Since when another system has it, in ms since 1970; left out: now. Says nothing new of a block that stands. */
  readonly since?: number;
}
export interface PublisherUnblock {
  readonly type: 'publisher-unblock';
}
export interface Protect {
  readonly type: 'protect';
}
export interface Unprotect {
  readonly type: 'unprotect';
}

/** The site says that a blocked picture is right, and asks that a person looks again. Lifts nothing. */
export interface Appeal {
  readonly type: 'appeal';
  /** A vote stands that gives the severe reason, counted or not, and not of who is muted: that makes its case urgent (6). */
  readonly severe?: boolean;
}
export interface WithdrawAppeal {
  readonly type: 'withdraw-appeal';
}

/** How often the site shows the image. */
export interface TellViews {
  readonly type: 'tell-views';
  readonly perHour: number;
}

/** Another image turns out to be this one: the site bound its address to this one's id. */
export interface Absorb {
  readonly type: 'absorb';
  readonly otherId: string;
  readonly other: ImageState;
  /** The votes of both, one per reporter. */
  readonly tally: Tally;
  /** The same one by one; null where nothing can cross. */
  readonly heard: HeardVotes | null;
  /** As with votes that are cast. */
  readonly breaker?: BreakerRoom | null;
  readonly leftOut: LeftOut;
}

/**
 * Other bytes are found behind the image (docs/rules.md, rule 14). The same picture, encoded anew, is nothing new, and
 * never gets here.
 */
export interface NewContent {
  readonly type: 'new-content';
  /** The next number, or that of bytes which were here before. */
  readonly version: number;
  /** The site said that the bytes change. */
  readonly announced: boolean;
  /** What bytes that are back bring with them; null: they were never here. */
  readonly returning: LeftContent | null;
}

/** What became of bytes that went: who blocked them, and when a person last kept them. Times in ms since 1970. */
export interface LeftContent {
  readonly blocks: readonly Block[];
  readonly keptAt: number | null;
  /** A person blocked these very bytes. False where a block of earlier ones held them until somebody would look. */
  readonly judged: boolean;
}

/** A person blocked the very same bytes elsewhere on this site. */
export interface MatchBlock {
  readonly type: 'match-block';
  /** The image whose block this one follows. */
  readonly source: string;
  readonly reason: Policy;
}

/** The block of that image no longer stands. */
export interface MatchRelease {
  readonly type: 'match-release';
  readonly source: string;
}

/** A rule's block, or a hold, was to be reviewed by now (docs/rules.md, rule 13). */
export interface Overdue {
  readonly type: 'overdue';
  readonly cause: 'block' | 'hold';
  /** When that block or hold began, in ms since 1970: another one has an alert of its own. */
  readonly since: number;
  /** Of a block: did the rule under which it was set say that it is lifted then? */
  readonly mayLift: boolean;
}

/** Somebody asks that the rule look at an open image now, and not with its next report. */
export interface LookAgain {
  readonly type: 'look-again';
  /** The version that is meant: a look by another changes nothing. */
  readonly ruleVersion: number;
  /** The votes that count now, one by one; null: nothing can cross. */
  readonly heard: HeardVotes | null;
}

export type Command =
  | CastVotes
  | WithdrawVote
  | Decide
  | UndoDecision
  | PublisherBlock
  | PublisherUnblock
  | Protect
  | Unprotect
  | Appeal
  | WithdrawAppeal
  | TellViews
  | Absorb
  | NewContent
  | MatchBlock
  | MatchRelease
  | Overdue
  | LookAgain;
