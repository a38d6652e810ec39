/**
 * What the model remembers: plain data, so that it can be copied. Written from docs/rules.md and the HTTP contract, and
 * on purpose without any of src/: what both tell must be the same without either having looked at the other.
 */
export const REASONS = [
  'nudity',
  'violence',
  'hate',
  'harassment',
  'child_abuse',
  'privacy',
  'misinformation',
  'copyright',
  'spam',
  'other',
] as const;
export type Reason = (typeof REASONS)[number];
export const SEVERE: Reason = 'child_abuse';

export interface Rule {
  readonly reporters: number;
  readonly windowHours: number;
  readonly perNetwork: number;
  readonly minNetworks: number;
  readonly weights: boolean;
  readonly hold: boolean;
  readonly holdBounds: HoldBounds;
  readonly breaker: { readonly perHour: number; readonly factor: number } | null;
  readonly muteAfter: { readonly dismissed: number; readonly forDays: number } | null;
  readonly autoBlock: boolean;
  readonly caseAt: number;
  readonly reasons: Partial<Record<Reason, { readonly reporters: number }>>;
  readonly afterKeep: { readonly factor: number; readonly cooldownHours: number };
  readonly reporterBudget: { readonly device: number; readonly account: number } | null;
  readonly reviewWithinHours: number;
  readonly onOverdue: 'stay' | 'unblock';
}

/** From where on each sign of the hold is one; of newcomers nothing is told here. */
export interface HoldBounds {
  readonly burst: number;
  readonly sameComment: number;
  readonly cohort: number;
  readonly prolific: number;
}

/** A sign that votes are coordinated: on how many it is, and what it saw. */
export interface Sign {
  readonly signal: 'burst' | 'same-comment' | 'cohort' | 'prolific';
  readonly votes: number;
  readonly figures: Readonly<Record<string, number>>;
}

export type LeftOut = 'muted' | 'budget' | 'network' | 'wide-network';

export interface Vote {
  readonly who: string;
  readonly kind: 'device' | 'account' | 'named';
  readonly round: number;
  reasons: Reason[];
  /** Narrow and wide networks in which it takes a place; null: it is not capped. */
  networks: { readonly narrow: readonly string[]; readonly wide: readonly string[] } | null;
  /** Of a device that was made within the hour. */
  readonly young: boolean;
  /** Everything that was written beside it. */
  words: readonly string[];
  leftOut: LeftOut | null;
  withdrawn: boolean;
  /** In which moment of the model it was withdrawn last. */
  withdrawnIn: number | null;
  hour: number;
  /** In which turn of the model it was cast, or what it keeps of that. */
  cast: number;
  /** In which moment of the model that was. */
  castIn: number;
  /** In which turn of the model it last said something new. */
  turn: number;
  /** It gives the severe reason, and its reporter was not muted when it said so. */
  urgent: boolean;
  /** When it last blocked alone, for the severe reason: what that spends of budgets. */
  spentHour: number | null;
  /** Empty: it came with an image that became part of this one, and nobody was told yet. */
  receipt: string;
}

export type Source = 'publisher' | 'moderator' | 'threshold';

/** Why the rule blocked. The weight is in thousandths. */
export interface Evidence {
  readonly crossedBy: 'total' | 'reason' | 'severe';
  readonly needed: number;
  readonly reporters: number;
  readonly weight: number;
  /** Votes that looked coordinated, and why: the rest was enough. */
  readonly setAside: number;
  readonly signs: readonly Sign[];
}

/** Why an image that would have been blocked was not (4, 5); null: it never was held, or was blocked since. */
export interface Hold {
  readonly by: 'signals' | 'breaker';
  /** Since when, whoever holds it. */
  readonly hour: number;
  readonly needed: number;
  readonly reporters: number;
  readonly setAside: number | null;
  readonly signs: readonly Sign[] | null;
}

export interface Block {
  readonly source: Source;
  readonly reason: Reason;
  /** Of a moderator's block: the decision's number. */
  readonly decision: number | null;
  readonly hour: number;
  /** Of the rule's block: the number of the image on which it was set, and in which moment of the model. */
  readonly born?: number;
  readonly moment?: number;
  /** In which turn of the model it was set. */
  readonly turn?: number;
  /** Of the rule's block: of which round its votes are. */
  readonly round?: number;
  /** Of the rule's block: whose counted votes stood then, and who else came in that moment. */
  readonly voters?: readonly string[];
  readonly besides?: readonly string[];
  /** Of the rule's block: what made it, frozen (8); null: others voted at the same time, of whom some may be in it. */
  readonly evidence?: Evidence | null;
  /** Of the rule's block: the breaker counts it (5), and so does what is usual. */
  readonly counts?: boolean;
  /** Of the rule's block: one vote made it, for the severe reason. */
  readonly alone?: boolean;
  /** Of the rule's block: when its review is overdue, and whether it goes then, as the rule said when it was set. */
  readonly overdue?: { readonly hour: number; readonly lifts: boolean; readonly ruleVersion: number };
}

export interface Lease {
  readonly staff: string;
  readonly token: string;
  readonly hour: number;
}

export interface ReviewCase {
  /** As the service names it; told with the next look at the image. */
  id: string;
  readonly round: number;
  status: 'open' | 'escalated' | 'closed';
  outcome: 'block' | 'keep' | 'merged' | 'superseded' | null;
  version: number;
  lease: Lease | null;
  severe: boolean;
  supportWithdrawn: boolean;
  appealed: boolean;
  hold: Hold | null;
  /** It is held: an open case only. */
  held: boolean;
  /** When it is to be told that nobody looked at the hold (13). */
  holdDue: number | null;
  /** That was told of the hold. */
  holdTold: boolean;
  /** How often the log says that it began to be held, and that nobody looked at the hold in time. */
  timesHeld: number;
  timesTold: number;
  /** A protection lifted the rule's block, and its place was not given anew since. */
  placeOfBlock: boolean;
  /** How many decisions had been made on its image when it was opened. */
  readonly openedAfter: number;
  /** When a block was lifted that nobody had reviewed in time: what was said before blocks no more. */
  liftedHour: number | null;
}

/** What bytes left when others came (14): the first has number 1. */
export interface ContentVersion {
  /** Which bytes they are. */
  readonly bytes: number;
  /** What the rule and moderators had against them when they went. */
  readonly blocks: readonly Block[];
  readonly keptHour: number | null;
  /** What a person last said of these very bytes. */
  readonly word: 'block' | 'keep' | null;
}

export interface Image {
  /** Under which it can be asked: "a0" is an address, "i0" the site's own id. */
  names: readonly string[];
  /** The site's own id, where it has one. */
  ownId: string | null;
  round: number;
  votes: Vote[];
  blocks: Block[];
  cases: ReviewCase[];
  protected: boolean;
  version: number;
  keptHour: number | null;
  /** Whatever was there, and which of it is shown; null: nobody has told. */
  versions: readonly ContentVersion[];
  content: number | null;
  /** When other bytes last came; null: they are the first. */
  changed: { readonly hour: number; readonly turn: number } | null;
  /** Which image it became, by its number, and in which round of that; null: it is one of its own. */
  merged: { readonly into: number; readonly round: number } | null;
  /** A vote waits for another of its moment, so that the rule looks at both (7). */
  lookIsDue: boolean;
}

export interface Decision {
  readonly id: string;
  readonly staff: string;
  readonly action: 'block' | 'keep' | 'escalate';
  readonly policy: Reason | null;
  readonly image: number;
  readonly caseId: string | null;
  /** What was asked, to know it again. */
  readonly request: string;
  readonly removed: Block[];
  readonly statusBefore: 'open' | 'escalated' | 'none' | 'closed';
  readonly keptHourBefore: number | null;
  /** It ended an appeal. */
  readonly appealed: boolean;
  /** Its case was held. */
  readonly held: boolean;
  /** The case that it opened or closed had this version afterwards. */
  readonly versionAfter: number | null;
  readonly roundBefore: number;
  /** Of which bytes it was; null: nobody had told. */
  readonly content: number | null;
  readonly turn: number;
  readonly hour: number;
  /** Whom it called right or wrong; null: it says nothing of reports. */
  readonly said: { readonly valid: boolean; readonly of: readonly string[] } | null;
  undone: boolean;
}

export interface Mute {
  /** As the service names it, where that was told. */
  readonly id: string | null;
  /** Before which hour it holds; null: until it is lifted. */
  readonly until: number | null;
  /** By hand: in which case. */
  readonly caseId: string | null;
  /** By the rule: the number of the decision that made the run. */
  readonly decision: number | null;
}

/** A block by the rule, whatever became of it since. */
export interface RuleBlock {
  /** The image's number. */
  readonly image: number;
  readonly hour: number;
  /** In which moment of the model. */
  readonly moment: number;
  /** It went by a protection, beside a keep of an image that became one with its own, or since nobody had reviewed it in time (13). */
  readonly lifted: boolean;
}

/** What is usual on a site (4), of the 28 days before it was measured. */
export interface Usual {
  /** When it was measured. */
  readonly hour: number;
  /** Automatic blocks that were not reversed. */
  readonly blocks: number;
  /** Those that people upheld. */
  readonly upheld: number;
}

export interface Model {
  /** Hours since the world began, in quarters. */
  hour: number;
  /** How many requests it has taken. */
  turn: number;
  /** Requests that were under way together share one. */
  moment: number;
  rule: Rule;
  ruleVersion: number;
  /** The lowest and the highest K that the site had. */
  everAsked: readonly [number, number];
  images: Image[];
  /** Of all images, oldest first. */
  decisions: Decision[];
  /** By staff and case: when it was put aside. */
  skips: Record<string, number>;
  /** By person. */
  mutes: Record<string, Mute>;
  /** What the rule blocked, as the breaker counts: but for the severe reason's own. */
  ruleBlocks: RuleBlock[];
  /** What was measured last of what is usual; null: nobody has measured yet. */
  usual: Usual | null;
  /** When the site was told last that its breaker holds. */
  breakerTold: number | null;
  /** A rule that is told wrong on purpose. */
  readonly wrong: string | null;
}

/** By hand: what a model is copied for most of the time, and `structuredClone` took six times as long. What is never changed is shared. */
export const copyOf = (model: Model): Model => ({
  ...model,
  images: model.images.map((image) => ({
    ...image,
    votes: image.votes.map((vote) => ({ ...vote, reasons: [...vote.reasons] })),
    blocks: [...image.blocks],
    cases: image.cases.map((one) => ({ ...one })),
  })),
  decisions: model.decisions.map((decision) => ({ ...decision })),
  skips: { ...model.skips },
  mutes: { ...model.mutes },
  ruleBlocks: [...model.ruleBlocks],
});

export const emptyModel = (rule: Rule, wrong: string | null): Model => ({
  hour: 0,
  turn: 0,
  moment: 0,
  rule,
  ruleVersion: 1,
  everAsked: [rule.reporters, rule.reporters],
  images: [],
  decisions: [],
  skips: {},
  mutes: {},
  ruleBlocks: [],
  usual: null,
  breakerTold: null,
  wrong,
});
