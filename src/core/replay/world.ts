import { countsForBreaker } from '../breaker.js';
import type { Actor, Command, Delta, UncountedVote } from '../command.js';
import { newCase, RULE } from '../commands/apply-rule.js';
import { decide } from '../decide.js';
import { tallyOf } from '../hear-votes.js';
import type { SiteBaseline } from '../hold-finding.js';
import { awaitsDecision, type Block, type ImageState, isBlockedBy, NEW_IMAGE } from '../image-state.js';
import { applyLeftOut, NONE_LEFT_OUT } from '../left-out.js';
import { SEVERE_REASON } from '../reasons.js';
import { applyVotes, EMPTY_TALLY, type ReasonSet, reporters } from '../tally.js';
import { windowStart } from '../threshold.js';
import type { VersionedRule } from '../threshold-rule.js';
import { Admission } from './admission.js';
import { BlockTimes } from './block-times.js';
import type { DecisionFact, Fact } from './fact.js';
import { hearRound, standingVotes } from './hear-round.js';
import { LeftBytes } from './left-bytes.js';
import { isDecided, mayAct } from './may-act.js';
import { Outcomes } from './outcomes.js';
import type { Past } from './past.js';
import { reasonsOfBits } from './past-votes.js';
import { SevereBudgets } from './severe-budgets.js';

const STAFF: Actor = { kind: 'staff', id: '' };
const SITE: Actor = { kind: 'site', id: null };
const READER: Actor = { kind: 'reader', id: null };

/** A vote that changes: `from` null where it is new. */
export interface ChangedVote {
  readonly index: number;
  readonly from: ReasonSet | null;
}

/**
 * What one rule makes of the past. Images of which nothing can come yet are counted and no more; all others pass the very rules
 * that the service has (`decide`), with the state that they would have under this one.
 */
export class World {
  readonly outcomes = new Outcomes();
  private readonly admission: Admission;
  private readonly blockTimes: BlockTimes;
  private readonly severe: SevereBudgets;
  /** Of images that are not as a new one. Tallies and evidence are left away. */
  private readonly states = new Map<number, ImageState>();
  /** Of decisions that are taken back later. */
  private readonly deltas = new Map<string, { readonly delta: Delta; readonly moment: number }>();
  private readonly leftBytes = new LeftBytes();

  constructor(
    private readonly past: Past,
    private readonly rule: VersionedRule,
    private readonly baseline: SiteBaseline | null,
  ) {
    this.admission = new Admission(past, rule.rule);
    this.blockTimes = new BlockTimes(rule.rule, baseline);
    this.severe = new SevereBudgets(past.votes, rule.rule);
  }

  /** What is said together on one image: new votes, and votes that stand and gain a reason. */
  cast(image: number, indexes: readonly number[], gained: readonly ChangedVote[], now: number): void {
    this.admission.admit(image, indexes, !isDecided(this.states.get(image)));
    const spoken = {
      people: this.past.peopleIn(image),
      counted: this.admission.countedOn(image),
      severe: this.past.hasSevere(image),
    };
    if (!mayAct(this.states.get(image), this.rule.rule, spoken)) return;
    this.look(image, [...indexes.map((index) => ({ index, from: null })), ...gained], now);
  }

  withdraw(image: number, index: number): void {
    this.admission.withdraw(image, index);
  }

  /** The round ends by something that is not among the facts. */
  endRound(image: number, next: number): void {
    const state = this.states.get(image);
    if (!isDecided(state)) this.admission.openRound(image, false);
    this.admission.beginRound(image);
    if (state === undefined) return;
    const blocks = state.blocks.filter(({ source }) => source !== 'threshold');
    this.states.set(image, { ...state, round: next, blocks, case: null });
  }

  decide(fact: DecisionFact): void {
    const { image, action, policy, id: decisionId, at } = fact;
    const state = this.stateOf(image);
    this.outcomes.judge(fact, state.blocks, this.past.firstAt(image) !== null);
    // Somebody decided: there was a case, or the image was decided on all the same.
    const awaited = awaitsDecision(state.case) ? state.case : newCase(state.round, at);
    const { delta } = this.take(
      image,
      { ...state, ...this.standing(image), case: awaited },
      {
        type: 'decide',
        decisionId,
        action,
        policy,
        staffId: '',
        lead: true,
        seen: null,
        bulk: false,
        contentVersion: null,
      },
      STAFF,
      at,
    );
    if (fact.undone && delta !== null)
      this.deltas.set(decisionId, { delta, moment: this.past.momentOn(image) });
  }

  undo({ image, decision, action, at }: Extract<Fact, { type: 'undo' }>): void {
    const taken = this.deltas.get(decision);
    if (taken === undefined) return;
    const { delta, moment } = taken;
    const state = this.stateOf(image);
    const heard = this.hear(image, at);
    const { tally, leftOut } = this.standing(image);
    this.take(
      image,
      { ...state, tally: tallyOf(heard.votes), leftOut },
      {
        type: 'undo-decision',
        decisionId: decision,
        action,
        delta,
        decidedBy: '',
        staffId: '',
        lead: true,
        latest: true,
        newerCase: false,
        contentVersion: state.content,
        endedSources: [],
        heard,
        breaker: this.blockTimes.room(at),
        spokenSince: this.past
          .spokenSince(image, moment)
          .some(({ index, gained }) => !gained || this.admission.isCounted(index)),
        spoken: reporters(tally),
      },
      STAFF,
      at,
    );
  }

  protect({ image, set, at }: Extract<Fact, { type: 'protection' }>): void {
    this.take(image, this.stateOf(image), { type: set ? 'protect' : 'unprotect' }, SITE, at);
  }

  newBytes({ image, from, to, announced, at }: Extract<Fact, { type: 'new-bytes' }>): void {
    const state = { ...this.stateOf(image), content: from };
    const returning = this.leftBytes.leave(image, state, to);
    this.take(image, state, { type: 'new-content', version: to, announced, returning }, RULE, at);
  }

  /** A rule blocked it before the first vote that is played: so it did under any rule. */
  stood({ image, reason, at }: Extract<Fact, { type: 'stood' }>): void {
    const state = this.stateOf(image);
    if (isBlockedBy('threshold', state.blocks)) return;
    const ref = String(state.round);
    const ruleVersion = this.rule.version;
    const block: Block = {
      source: 'threshold',
      ref,
      reason,
      note: null,
      since: at,
      ruleVersion,
      evidence: null,
    };
    this.states.set(image, { ...state, blocks: [...state.blocks, block] });
  }

  private stateOf(image: number): ImageState {
    return this.states.get(image) ?? { ...NEW_IMAGE, round: this.past.roundOf(image) };
  }

  /**
   * From which round on votes are in a case that nobody has decided; null: there is none. Below what the rules are asked for, the
   * first votes open one. One that an undo has opened again is of an earlier round.
   */
  private awaitedFrom(image: number): number | null {
    const { case: own = null, reviewState = 'none' } = this.states.get(image) ?? {};
    if (reviewState === 'closed') return null;
    const isOpen =
      reviewState !== 'none' ||
      this.past.peopleIn(image) >= this.rule.rule.caseAt ||
      this.past.hasSevere(image);
    return isOpen ? (own?.round ?? this.past.roundOf(image)) : null;
  }

  private standing(image: number) {
    return standingVotes(this.past, this.admission, image);
  }

  private hear(image: number, now: number) {
    return hearRound(this.past, this.admission, image, this.rule.rule, this.baseline, now, (other) =>
      this.awaitedFrom(other),
    );
  }

  /** Lets the rule look at an image of which votes changed. */
  private look(image: number, changed: readonly ChangedVote[], now: number): void {
    const { reasons } = this.past.votes;
    const heard = this.hear(image, now);
    const state = this.stateOf(image);
    const since = windowStart(this.rule.rule, now);
    const counted = changed.filter(
      ({ index }) => this.admission.isCounted(index) && (this.past.votes.at[index] ?? 0) > since,
    );
    const votes = counted.map(({ index, from }) => ({
      from,
      to: reasonsOfBits(reasons[index] ?? 0),
      mayBlockAlone: this.severe.mayBlockAlone(index, now),
    }));
    const before = applyVotes(
      tallyOf(heard.votes),
      votes.map(({ from, to }) => ({ from: to, to: from })),
    );
    const uncounted = changed.flatMap((vote) => this.uncounted(vote) ?? []);
    const { tally, leftOut } = this.standing(image);
    const { severeSpentBy } = this.take(
      image,
      {
        ...state,
        tally: before,
        leftOut: applyLeftOut(
          leftOut,
          uncounted.map(({ from, to }) => ({ from: to, to: from })),
        ),
      },
      {
        type: 'cast-votes',
        votes,
        uncounted,
        heard,
        spoken: reporters(tally),
        breaker: this.blockTimes.room(now),
        linked: false,
        siteSevereBudget: this.severe.leftForSite(now),
      },
      READER,
      now,
    );
    const alone = severeSpentBy === null ? undefined : counted[severeSpentBy];
    if (alone !== undefined) this.spend(image, alone.index, now);
  }

  /** How the rules hear of a vote that does not count; null: it counts, or says nothing new. */
  private uncounted({ index, from }: ChangedVote): UncountedVote | null {
    const to = this.admission.causeOf(index);
    if (to === null) return null;
    const gives = reasonsOfBits(this.past.votes.reasons[index] ?? 0).includes(SEVERE_REASON);
    const severe = gives && from?.includes(SEVERE_REASON) !== true;
    return from === null || severe ? { from: from === null ? null : to, to, severe } : null;
  }

  /** Brings a command before the rules and keeps what they say. */
  private take(image: number, state: ImageState, command: Command, actor: Actor, now: number) {
    const verdict = decide(state, command, actor, this.rule, now);
    if (!verdict.ok) return { delta: null, severeSpentBy: null };
    const { next } = verdict;
    const isOpen = next.round === state.round && !isDecided(next);
    if (isOpen === isDecided(state)) this.admission.openRound(image, isOpen);
    if (next.round !== state.round) this.admission.beginRound(image);
    this.note(image, state, next, now);
    const blocks = next.blocks.map((block) =>
      block.evidence === null ? block : { ...block, evidence: null },
    );
    this.states.set(image, { ...next, blocks, tally: EMPTY_TALLY, leftOut: NONE_LEFT_OUT });
    return verdict;
  }

  /** A crossing names the round, and begins now: a block that comes back with an undo or with its bytes is older. */
  private note(image: number, before: ImageState, after: ImageState, now: number): void {
    const round = String(before.round);
    const isCrossing = ({ source, ref, since }: Block): boolean =>
      source === 'threshold' && ref === round && since === now;
    const crossed = before.blocks.some(isCrossing) ? undefined : after.blocks.find(isCrossing);
    const held = awaitsDecision(after.case) && after.case.hold !== null && crossed === undefined;
    if (crossed === undefined && !held) return;
    const outcome = this.outcomes.ofRound(image, before.round, this.past.firstAt(image) ?? now);
    if (crossed === undefined) outcome.heldAt ??= now;
    else {
      outcome.blockedAt ??= now;
      if (countsForBreaker(crossed)) this.blockTimes.add(now);
    }
  }

  /** What has gone and was blocked anew since is another block, and by others. */
  private spend(image: number, index: number, now: number): void {
    const round = String(this.past.roundOf(image));
    const isOne = ({ source, ref, since }: Block): boolean =>
      source === 'threshold' && ref === round && since === now;
    this.severe.spend(index, {
      at: now,
      stands: () => this.states.get(image)?.blocks.some(isOne) === true,
    });
  }
}
