import type { Actor, DecisionAction, ReportsVerdict } from '../core/command.js';
import type { Refusal } from '../core/verdict.js';
import type { ImageKey } from '../core/image-key.js';
import type { CaseState, Visibility } from '../core/image-state.js';
import type { Policy, Reason } from '../core/reasons.js';
import type { VoterNetworks } from '../database/voter-networks.js';

/** A key to look an image up by. `make`: an image of this key is made when none of the keys is known. */
export interface WantedKey extends ImageKey {
  readonly hash: Buffer;
  readonly make: boolean;
  /** An address as it was given, canonical by the default rules: what is fetched. */
  readonly shown?: string;
  /** The key of that, where the site's rules made another one of it. */
  readonly asShown?: WantedKey | null;
}

/**
 * How a command names its image: by keys, the first known one wins; or by its row. `alsoNamed`: those of the keys that are another
 * name for it, and must not lead to another image.
 */
export type Target =
  | { readonly keys: readonly WantedKey[]; readonly alsoNamed?: readonly WantedKey[] }
  | { readonly imageId: string };

interface Common {
  readonly siteId: string;
  readonly target: Target;
}

export interface ReportImage extends Common {
  readonly type: 'report';
  readonly reporter: {
    readonly hash: Buffer;
    readonly kind: 'device' | 'account' | 'named';
    /** Null: not capped. */
    readonly networks: VoterNetworks | null;
    /** For how many minutes the reporter has been known; null: nobody can say. */
    readonly ageMinutes: number | null;
    /** The hash as a device of one who reports as an account. */
    readonly device: Buffer | null;
  };
  readonly reason: Reason;
  readonly comment: string | null;
  readonly page: { readonly url: string; readonly title: string | null } | null;
  /** An address that a browser claims for an image which the site knows by its id: shown to moderators, never bound. */
  readonly claimedUrl: string | null;
  /**
   * When another system recorded it; left out: now. What was said before the last keep, or of other bytes, counts nowhere any
   * more.
   */
  readonly castAt?: Date;
}

export interface WithdrawReport extends Common {
  readonly type: 'withdraw';
  readonly round: number;
  readonly reporter: Buffer;
}

export interface DecideImage extends Common {
  readonly type: 'decide';
  /** Null: a decision of staff on the image itself. */
  readonly seen: {
    readonly caseId: string;
    readonly version: number;
    readonly leaseToken: string | null;
  } | null;
  readonly action: DecisionAction;
  readonly policy: Policy | null;
  readonly note: string | null;
  readonly reports: ReportsVerdict;
  readonly staffId: string;
  readonly lead: boolean;
  readonly bulk: boolean;
  /** Of the bytes that were looked at; null: not said. */
  readonly contentVersion: number | null;
}

export interface UndoImageDecision extends Common {
  readonly type: 'undo';
  readonly decisionId: string;
  readonly staffId: string;
  readonly lead: boolean;
}

export interface PublishImage extends Common {
  readonly type: 'publisher-block' | 'publisher-unblock' | 'protect' | 'unprotect';
  readonly actor: Actor;
  /** For a block. */
  readonly reason: Reason | null;
  readonly note: string | null;
  /** For a block: since when another system has it; left out: now. */
  readonly since?: Date;
}

/** The site asks for another look at a blocked image, or no longer does. */
export interface AppealImage extends Common {
  readonly type: 'appeal' | 'withdraw-appeal';
  readonly note: string | null;
}

/** How often the site shows an image. */
export interface TellImageViews extends Common {
  readonly type: 'tell-views';
  readonly perHour: number;
}

/** A person blocked this image's bytes, or a near picture, on another image of the site: this one follows. */
export interface MatchImage extends Common {
  readonly type: 'match';
  /** The other image, by its row. */
  readonly source: string;
  /** That person's. */
  readonly reason: Policy;
}

/** What this image followed no longer stands. */
export interface ReleaseImage extends Common {
  readonly type: 'release';
  readonly source: string;
}

/** A rule's block, or a hold, of this image was to be reviewed by now. */
export interface OverdueImage extends Common {
  readonly type: 'overdue';
  readonly cause: 'block' | 'hold';
  /** When that block or hold began. */
  readonly since: Date;
  /** Of a block: did the rule under which it was set say that it is lifted then? */
  readonly mayLift: boolean;
}

/** Somebody asks that the rule look at an open image now. */
export interface LookAgainAtImage extends Common {
  readonly type: 'look-again';
  /** The version that is meant. */
  readonly ruleVersion: number;
}

/** Everything that enters the neck. */
export type ImageCommand =
  | ReportImage
  | WithdrawReport
  | DecideImage
  | UndoImageDecision
  | PublishImage
  | OverdueImage
  | AppealImage
  | TellImageViews
  | MatchImage
  | ReleaseImage
  | LookAgainAtImage;

/** What became of a command. */
export type Outcome =
  | {
      readonly ok: true;
      readonly imageId: string;
      readonly round: number;
      /** After everything that was committed together. */
      readonly visibility: Visibility;
      readonly case: CaseState | null;
      /** For a report: false when this reporter had reported the image already. For a site's word, an undo and a match: when that was so already. */
      readonly recorded: boolean;
      /** For a report: whose vote it is, which its receipt names. Its account's, where a device alone reports. */
      readonly voter: Buffer | null;
      readonly decisionId: string | null;
    }
  /** `case`: as it stands, so that the loser of a race learns who won. */
  | {
      readonly ok: false;
      readonly refusal:
        Refusal | 'unknown-image' | 'two-images' | 'merged' | 'unknown-vote' | 'unknown-decision';
      readonly imageId: string | null;
      readonly case: CaseState | null;
    };
