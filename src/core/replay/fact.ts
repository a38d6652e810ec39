import type { DecisionAction } from '../command.js';
import type { Policy, Reason } from '../reasons.js';

interface OfImage {
  /** In ms since 1970. */
  readonly at: number;
  /** Its number among the images of the votes. */
  readonly image: number;
}

interface OfVote extends OfImage {
  readonly round: number;
  readonly reporter: number;
}

/** A person blocked or kept an image. */
export interface DecisionFact extends OfImage {
  readonly type: 'decision';
  readonly id: string;
  readonly round: number;
  readonly action: Exclude<DecisionAction, 'escalate'>;
  readonly policy: Policy | null;
  /** It was taken back later: then it says nothing of what is right. */
  readonly undone: boolean;
}

/** What people did, and what no threshold rule had a say in. It is the same whatever the rule. */
export type Fact =
  | (OfVote & { readonly type: 'withdrawal' })
  /** A reporter's second report on an image. */
  | (OfVote & { readonly type: 'further-reason'; readonly reason: Reason })
  /** What was written beside a vote, when it was cast or, `further`, later: equal numbers for equal words. */
  | (OfVote & { readonly type: 'words'; readonly words: number; readonly further: boolean })
  | DecisionFact
  | (OfImage & {
      readonly type: 'undo';
      readonly decision: string;
      readonly action: DecisionFact['action'];
    })
  | (OfImage & { readonly type: 'protection'; readonly set: boolean })
  | (OfImage & {
      readonly type: 'new-bytes';
      readonly from: number;
      readonly to: number;
      readonly announced: boolean;
    })
  /** A rule had blocked it before the first vote that is played. */
  | (OfImage & { readonly type: 'stood'; readonly reason: Policy })
  /** What a decision said of a reporter. */
  | {
      readonly type: 'verdict';
      readonly at: number;
      readonly reporter: number;
      readonly decision: string;
      readonly valid: boolean;
    };
