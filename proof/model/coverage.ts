import type { Asked } from './asked.js';

/** So many commands should meet all that is wanted. */
const ENOUGH = 20_000;

/** What a long run must have met, or it proves less than it says. */
const WANTED: readonly string[] = [
  'a sign of a hold: burst',
  'a sign of a hold: cohort',
  'a sign of a hold: prolific',
  'a sign of a hold: same-comment',
  'blocked by the rest of what was set aside',
  'bound again',
  'bound: an address leaves another id',
  'bound: an address that nobody knew',
  'bound: an image becomes part of another',
  'bound: an image becomes part of another, of which one is hidden',
  'bound: an image gets its id',
  "bound: the other's block comes along: moderator",
  "bound: the other's block comes along: publisher",
  "bound: the other's block comes along: threshold",
  "bound: the other's case ends beside a closed one",
  "bound: the other's case ends beside one that waits",
  "bound: the other's case goes on",
  "bound: the rule's block gives way to a keep",
  "bound: the rule's block gives way to a protection",
  'bound: who reported both has one vote',
  'blocked by the rule: total',
  'appeal ended by a decision',
  'appeal refused: own block',
  'appeal refused: visible',
  'appeal withdrawn',
  'appealed: a case is open again',
  'appealed: its case rises',
  'blocked by the rule: one severe vote',
  'blocked by the rule: reason',
  'blocked by the rule: severe',
  'blocked by the severe reason, and not held',
  'blocked again after a keep',
  'blocked by votes with weights of their own',
  'case opened after a keep',
  'claimed',
  'decided: a held case',
  'decided: block',
  'decided: block by a lead',
  'decided: escalate',
  'decided: keep',
  'decided: keep by a lead',
  "decision refused: another's lease",
  'decision refused: closed',
  'decision refused: escalated',
  'decision refused: stale version',
  'decision refused: severe in bulk',
  'decision repeated',
  'enough people, who weigh too little',
  'held again by the breaker',
  'held again for its signs',
  'held by the breaker',
  'held by the breaker, but with the leads',
  'held for its signs',
  'held for its signs, but with the leads',
  'held with a vote of a new device',
  'held, and blocked after all',
  'judged: a vote that was withdrawn from the block',
  "kept under the publisher's block",
  'lease refused',
  'mute lifted',
  'let through by what is usual',
  'measured: blocks of more than 28 days ago',
  'measured: blocks that nobody has decided on',
  'measured: reversed blocks',
  'measured: upheld blocks',
  'muted',
  'muted again',
  'muted by the rule',
  'not judged: a vote after the block',
  'other bytes',
  'other bytes: a case is superseded',
  'other bytes: a case opens',
  'other bytes: a keep is back',
  'other bytes: blocks go',
  'other bytes: blocks stay: changed again',
  'other bytes: blocks stay: severe',
  'other bytes: old ones are back',
  'other bytes: old ones are back: a person blocked them',
  'other bytes: old ones are blocked again',
  'other bytes: the first',
  'other bytes: the same',
  'overdue, and lifted',
  'overdue, and stays',
  'overdue, and stays: severe',
  'protected image reached the threshold',
  'protection ended a hold',
  'protection lifted a block',
  'put aside',
  'receipt: blocked',
  'receipt: blocked by the rule',
  'receipt: kept',
  'receipt: pending',
  'receipt: withdrawn',
  'renewed',
  'repeated report',
  'reports called right',
  'reports called wrong',
  'severe vote beyond its budget',
  "still blocked after the publisher's unblock",
  'support withdrawn',
  'the site is told that its breaker holds',
  'told that a hold is overdue',
  'undo brought back: a hold',
  'undo lifted a mute',
  'undo brought back nothing: protected',
  'undo brought back: an appeal',
  'undo brought back: moderator',
  'undo brought back: threshold',
  'undo took back: what was said of reports',
  'undo refused: a newer case',
  'undo refused: of another',
  'undo refused: other bytes',
  'undo refused: something newer was decided',
  'undo repeated',
  'undone: block',
  'undone: escalate',
  'undone: keep',
  'vote from before a mute',
  'vote of the block cast again',
  'vote left out: budget',
  'vote left out: muted',
  'vote left out: network',
  'vote left out: wide-network',
  'withdrawn vote cast again',
];

/** How often each command was sent, and each thing came about that somebody would want to see in such a run. */
export class Coverage {
  readonly commands = new Map<string, number>();
  readonly reached = new Map<string, number>();

  count(asked: readonly Asked[], reached: readonly string[]): void {
    for (const { do: what } of asked) add(this.commands, what);
    for (const what of reached) add(this.reached, what);
  }

  get total(): number {
    return [...this.commands.values()].reduce((sum, count) => sum + count, 0);
  }

  /** What was never met in a run that is long enough to have met it. */
  missing(): string[] {
    return this.total < ENOUGH ? [] : WANTED.filter((what) => !this.reached.has(what));
  }

  table(): string {
    const lines = (counts: ReadonlyMap<string, number>): string[] =>
      [...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([what, n]) => `${String(n).padStart(9)}  ${what}`);
    return ['  commands', ...lines(this.commands), '  what came about', ...lines(this.reached)].join('\n');
  }
}

function add(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}
