import type {
  Actor,
  BreakerRoom,
  Command,
  DecisionAction,
  Delta,
  LeftContent,
} from '../../src/core/command.js';
import type { SiteBaseline } from '../../src/core/hold-finding.js';
import type { CoreEvent, Verdict } from '../../src/core/verdict.js';
import { decide } from '../../src/core/decide.js';
import { humanWord } from '../../src/core/human-word.js';
import { awaitsDecision, type CaseState, type ImageState, NEW_IMAGE } from '../../src/core/image-state.js';
import { LEFT_OUT_CAUSES, type LeftOut, type LeftOutCause } from '../../src/core/left-out.js';
import { admitVotes, type CappedVote } from '../../src/core/network-caps.js';
import { type Reason, SEVERE_REASON } from '../../src/core/reasons.js';
import { type HeardVotes, hearVotes, tallyOf } from '../../src/core/hear-votes.js';
import { reasonSet, type ReasonSet, type Tally } from '../../src/core/tally.js';
import type { VersionedRule } from '../../src/core/threshold-rule.js';
import type { ReporterKind, VoteFacts, PastVerdict } from '../../src/core/vote-facts.js';
import { weightOf } from '../../src/core/weights.js';

/** What may happen to an image, as data: so that a failing sequence can be printed, shrunk and run again. */
export type Step =
  | {
      readonly do: 'report';
      readonly ballots: readonly Ballot[];
      readonly budget: boolean;
      /** Null: the site's breaker does not ask. */
      readonly breaker: BreakerRoom | null;
    }
  | { readonly do: 'withdraw'; readonly vote: number }
  | {
      readonly do: 'decide';
      readonly action: DecisionAction;
      readonly policy: Reason;
      readonly onCase: boolean;
      readonly lead: boolean;
      /** What it says of the reports. */
      readonly valid: boolean;
    }
  | { readonly do: 'undo'; readonly decision: number; readonly lead: boolean }
  | { readonly do: 'publisher-block'; readonly reason: Reason; readonly note: string | null }
  | { readonly do: 'publisher-unblock' | 'protect' | 'unprotect' | 'appeal' | 'withdraw-appeal' }
  | { readonly do: 'tell-views'; readonly perHour: number }
  /** A look at the bytes, of which there are a few pictures. */
  | { readonly do: 'look'; readonly picture: number; readonly announced: boolean }
  /** A person blocks, or no longer blocks, the same bytes elsewhere. */
  | { readonly do: 'match' | 'release'; readonly source: string; readonly reason: Reason }
  | { readonly do: 'change-rule'; readonly reporters: number }
  | { readonly do: 'wait'; readonly hours: number }
  /** A decision on another image, on which all of these had voted; and one of those is undone. */
  | { readonly do: 'judge-elsewhere'; readonly readers: readonly number[]; readonly valid: boolean }
  | { readonly do: 'undo-elsewhere'; readonly decision: number }
  /** The site learns what is usual there. */
  | { readonly do: 'learn'; readonly baseline: SiteBaseline | null };

export interface Ballot {
  readonly reader: number;
  readonly reason: Reason;
  readonly networks: VoterNetworks | null;
  readonly ageMinutes: number | null;
  readonly comment: string | null;
}

/** Null: network caps do not hold for the voter. */
export type VoterNetworks = Omit<CappedVote, 'reasons'>;

export interface Vote {
  readonly reader: number;
  readonly round: number;
  readonly castAt: number;
  readonly ageMinutes: number | null;
  readonly comments: readonly string[];
  networks: VoterNetworks | null;
  leftOut: LeftOutCause | null;
  reasons: ReasonSet;
  standing: boolean;
  /** When it was cast, was cast again, or gained a reason that counts. */
  saidAt: number;
}

interface TakenDecision {
  readonly id: string;
  readonly action: DecisionAction;
  readonly delta: Delta;
  readonly caseId: string | null;
  readonly takenAt: number;
  readonly content: number | null;
  undone: boolean;
}

/** What one step did: the command that the rules saw and what they said. */
export interface Taken {
  readonly step: Step;
  readonly before: ImageState;
  readonly command: Command;
  readonly verdict: Verdict;
  readonly rule: VersionedRule;
  readonly now: number;
}

const ACTOR: Actor = { kind: 'site', id: null };
const STAFF = 'staff-1';
const KINDS: readonly ReporterKind[] = ['device', 'account', 'named'];
const kindOf = (reader: number): ReporterKind => KINDS[reader % KINDS.length] ?? 'device';

/** Plays the neck for one image: keeps votes, cases and decisions, and brings every step before the rules. */
export class InMemoryNeck {
  state: ImageState = NEW_IMAGE;
  now = 1_000;
  readonly votes: Vote[] = [];
  readonly events: CoreEvent[] = [];
  private readonly cases = new Map<string, { case: CaseState; openedAt: number }>();
  private readonly decisions: TakenDecision[] = [];
  /** By picture: its version, and what it left when it went. */
  private readonly pictures = new Map<number, { version: number; left: LeftContent | null }>();
  private readonly sources = new Set<string>();
  private readonly elsewhere: string[] = [];
  private baseline: SiteBaseline | null = null;
  /** What decisions said of whom: a row is there as long as its decision stands. */
  private verdicts: readonly (PastVerdict & { readonly reader: number })[] = [];

  constructor(
    public rule: VersionedRule,
    private readonly name = 'image',
  ) {}

  /** Null when the step means nothing here, as withdrawing a vote that nobody cast. */
  take(step: Step): Taken | null {
    this.now += 1;
    switch (step.do) {
      case 'wait':
        this.now += step.hours * 3_600_000;
        return null;
      case 'change-rule':
        this.rule = {
          version: this.rule.version + 1,
          rule: { ...this.rule.rule, reporters: step.reporters },
        };
        return null;
      case 'judge-elsewhere': {
        const decision = `${this.name}-elsewhere-${this.elsewhere.length}`;
        this.elsewhere.push(decision);
        this.judge(decision, step.readers, step.valid);
        return null;
      }
      case 'undo-elsewhere':
        this.takeBack(this.elsewhere[step.decision % Math.max(1, this.elsewhere.length)]);
        return null;
      case 'learn':
        this.baseline = step.baseline;
        return null;
      case 'report':
        return this.report(step);
      case 'withdraw':
        return this.withdraw(step);
      case 'decide':
        return this.decide(step);
      case 'undo':
        return this.undo(step);
      case 'look':
        return this.look(step);
      case 'match':
        this.sources.add(step.source);
        return this.ask(step, { type: 'match-block', source: step.source, reason: step.reason });
      case 'release':
        this.sources.delete(step.source);
        return this.ask(step, { type: 'match-release', source: step.source });
      case 'tell-views':
        return this.ask(step, { type: step.do, perHour: step.perHour });
      case 'publisher-block':
        return this.ask(step, { type: 'publisher-block', reason: step.reason, note: step.note });
      default:
        return this.ask(step, { type: step.do });
    }
  }

  /** Brings a command before the rules and keeps what they say. */
  ask(step: Step, command: Command, before = this.state): Taken {
    const verdict = decide(before, command, ACTOR, this.rule, this.now);
    if (verdict.ok) {
      this.events.push(...verdict.events);
      this.keep(verdict.next, verdict.superseded);
    }
    return { step, before, command, verdict, rule: this.rule, now: this.now };
  }

  /** The current round's votes that were let count, whether or not they were withdrawn since. */
  placed(): Vote[] {
    return this.votes.filter(({ round, leftOut }) => round === this.state.round && leftOut === null);
  }

  /** The round's votes that stand and count, one by one. */
  naiveTally(): Tally {
    return tallyOf(this.placed().filter(({ standing }) => standing));
  }

  /** The same as the rule hears them. */
  heard(): HeardVotes {
    const facts = this.placed()
      .filter(({ standing }) => standing)
      .map((vote): VoteFacts => ({
        ...vote,
        kind: kindOf(vote.reader),
        verdicts: this.verdictsOn(vote.reader),
        // Every third reader reported the same two other images, too.
        undecided: vote.reader % 3 === 0 ? ['another', 'a third'] : [],
      }));
    return hearVotes(facts, this.rule.rule, this.baseline, this.now);
  }

  /** What each of so many readers would weigh now. */
  weights(readers: number): number[] {
    return Array.from({ length: readers }, (_, reader) =>
      weightOf(this.verdictsOn(reader), kindOf(reader), this.now),
    );
  }

  private verdictsOn(reader: number): readonly PastVerdict[] {
    return this.verdicts.filter((verdict) => verdict.reader === reader);
  }

  private judge(decision: string, readers: readonly number[], valid: boolean): void {
    const said = readers.map((reader) => ({ decision, valid, at: this.now, reader }));
    this.verdicts = [...this.verdicts, ...said];
  }

  private takeBack(decision: string | undefined): void {
    this.verdicts = this.verdicts.filter((verdict) => verdict.decision !== decision);
  }

  /** The round's votes that stand and do not count, by cause. */
  naiveLeftOut(): LeftOut {
    const counts = LEFT_OUT_CAUSES.map((cause) => {
      const left = this.votes.filter(
        (vote) => vote.round === this.state.round && vote.standing && vote.leftOut === cause,
      );
      return [cause, left.length] as const;
    });
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  }

  /** Another image becomes this one: its votes count here, a reader's two votes are one, and places are given anew. */
  absorb(other: InMemoryNeck, step: Step): Taken {
    for (const theirs of other.votes) {
      if (!theirs.standing || theirs.round !== other.state.round) continue;
      const ours = this.ofReader(theirs.reader);
      if (ours === undefined) this.votes.push({ ...theirs, round: this.state.round, saidAt: this.now });
      else {
        ours.reasons = reasonSet([...(ours.standing ? ours.reasons : []), ...theirs.reasons]);
        ours.standing = true;
        ours.saidAt = this.now;
        if (theirs.leftOut === null && (ours.leftOut !== null || theirs.networks === null)) {
          ours.networks = theirs.networks;
          ours.leftOut = null;
        }
      }
    }
    this.now = Math.max(this.now, other.now) + 1;
    const again = this.placed().sort((a, b) => a.castAt - b.castAt);
    for (const vote of again) vote.leftOut = 'network';
    for (const vote of again) this.admit(vote);
    return this.ask(step, {
      type: 'absorb',
      otherId: 'image-2',
      other: other.state,
      tally: this.naiveTally(),
      heard: this.heard(),
      leftOut: this.naiveLeftOut(),
    });
  }

  private ofReader(reader: number): Vote | undefined {
    return this.votes.find((vote) => vote.reader === reader && vote.round === this.state.round);
  }

  /** Lets the rules say whether a vote that is not placed yet counts. */
  private admit(vote: Vote): void {
    if (vote.networks === null) {
      vote.leftOut = null;
      return;
    }
    const narrow = new Map<string, number>();
    const wide = new Map<string, number>();
    const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const { networks } of this.placed()) {
      if (networks === null || networks === vote.networks) continue;
      add(narrow, networks.narrow);
      if (networks.minted !== null) add(narrow, networks.minted);
      add(wide, networks.wide);
    }
    const candidate = { ...vote.networks, reasons: vote.reasons };
    vote.leftOut = admitVotes([candidate], { narrow, wide }, this.rule.rule)[0] ?? null;
  }

  private report(step: Extract<Step, { do: 'report' }>): Taken {
    const changes = step.ballots.map(({ reader, reason, networks, ageMinutes, comment }) => {
      const mine = this.ofReader(reader);
      const was = mine?.standing === true ? { reasons: mine.reasons, leftOut: mine.leftOut } : null;
      const reasons = reasonSet([...(was?.reasons ?? []), reason]);
      const vote: Vote = mine ?? {
        reader,
        round: this.state.round,
        castAt: this.now,
        ageMinutes,
        comments: comment === null ? [] : [comment],
        networks: networks === null ? null : { ...networks },
        leftOut: 'network',
        reasons,
        standing: true,
        saidAt: this.now,
      };
      const isNews = was === null || (was.leftOut === null && was.reasons.length < reasons.length);
      Object.assign(vote, { reasons, standing: true, ...(isNews ? { saidAt: this.now } : {}) });
      if (mine === undefined) {
        this.admit(vote);
        this.votes.push(vote);
      }
      return { was, vote, severe: reason === SEVERE_REASON };
    });
    const counted = changes.filter(({ vote }) => vote.leftOut === null);
    return this.ask(step, {
      type: 'cast-votes',
      votes: counted.map(({ was, vote }) => ({
        from: was?.reasons ?? null,
        to: vote.reasons,
        mayBlockAlone: step.budget,
      })),
      uncounted: changes
        .filter(({ vote }) => vote.leftOut !== null)
        .map(({ was, vote, severe }) => ({ from: was?.leftOut ?? null, to: vote.leftOut, severe })),
      heard: this.heard(),
      breaker: step.breaker,
      linked: false,
      siteSevereBudget: step.budget ? 1 : 0,
    });
  }

  private withdraw(step: Extract<Step, { do: 'withdraw' }>): Taken | null {
    const standing = this.votes.filter((vote) => vote.standing);
    const vote = standing[step.vote % Math.max(1, standing.length)];
    if (vote === undefined) return null;
    vote.standing = false;
    const { reasons, round, castAt, leftOut } = vote;
    const change = { from: leftOut === null ? reasons : null, to: null };
    return this.ask(step, { type: 'withdraw-vote', vote: change, leftOut, round, castAt });
  }

  private decide(step: Extract<Step, { do: 'decide' }>): Taken {
    const seen = this.state.case;
    const decisionId = `${this.name}-decision-${this.decisions.length}`;
    const taken = this.ask(step, {
      type: 'decide',
      decisionId,
      action: step.action,
      policy: step.policy,
      staffId: STAFF,
      lead: step.lead,
      seen:
        step.onCase && seen?.id !== undefined && seen.id !== null
          ? { caseId: seen.id, version: seen.version, leaseToken: null }
          : null,
      bulk: false,
      contentVersion: this.state.content,
    });
    if (taken.verdict.ok && taken.verdict.delta !== null) {
      const { delta } = taken.verdict;
      const { round } = taken.before;
      const counted = this.votes.filter((vote) => vote.round === round && vote.leftOut === null);
      if (step.onCase) {
        const readers = counted.filter(({ standing }) => standing).map(({ reader }) => reader);
        this.judge(decisionId, readers, step.valid);
      }
      const caseId = delta.caseStatus === null ? null : (taken.before.case?.id ?? null);
      this.decisions.push({
        id: decisionId,
        action: step.action,
        delta,
        caseId,
        takenAt: this.now,
        content: taken.before.content,
        undone: false,
      });
    }
    return taken;
  }

  private undo(step: Extract<Step, { do: 'undo' }>): Taken | null {
    const standing = this.decisions.filter(({ undone }) => !undone);
    const decision = standing.at(-1 - (step.decision % Math.max(1, standing.length)));
    if (decision === undefined) return null;
    const about = decision.caseId === null ? undefined : this.cases.get(decision.caseId)?.case;
    const newerCase = [...this.cases].some(
      ([id, { openedAt }]) => openedAt > decision.takenAt && id !== decision.caseId,
    );
    const taken = this.ask(
      step,
      {
        type: 'undo-decision',
        decisionId: decision.id,
        action: decision.action,
        delta: decision.delta,
        decidedBy: STAFF,
        staffId: step.lead ? 'staff-2' : STAFF,
        lead: step.lead,
        latest: decision === standing.at(-1),
        newerCase,
        spokenSince: this.votes.some(
          ({ round, standing, saidAt }) =>
            standing && round === this.state.round && saidAt > decision.takenAt,
        ),
        contentVersion: decision.content,
        endedSources: decision.delta.removed.flatMap(({ source, ref }) =>
          source === 'match' && !this.sources.has(ref) ? ref : [],
        ),
        heard: this.heard(),
      },
      { ...this.state, case: about ?? this.state.case },
    );
    if (taken.verdict.ok) {
      decision.undone = true;
      this.takeBack(decision.id);
    }
    return taken;
  }

  private look(step: Extract<Step, { do: 'look' }>): Taken {
    const known = this.pictures.get(step.picture);
    const version = known?.version ?? this.pictures.size + 1;
    const leaving = [...this.pictures.values()].find((picture) => picture.version === this.state.content);
    const { blocks, keptAt } = this.state;
    const returning = known?.left ?? null;
    const taken = this.ask(step, {
      type: 'new-content',
      version,
      announced: step.announced,
      returning,
    });
    if (leaving !== undefined && leaving.version !== version) {
      const word = humanWord(taken.before);
      leaving.left = {
        blocks: blocks.filter(({ source }) => source === 'threshold' || source === 'moderator'),
        keptAt,
        judged: word === null ? leaving.left?.judged === true : word.verdict === 'block',
      };
    }
    this.pictures.set(step.picture, { version, left: known?.left ?? null });
    return taken;
  }

  /** Stores a state as the tables would: cases by id, one per round, and the one that the next command will see. */
  private keep(next: ImageState, superseded?: CaseState): void {
    for (const changed of [superseded, next.case]) {
      if (changed == null) continue;
      const id = changed.id ?? `${this.name}-case-${this.cases.size}`;
      if (changed.id === null && this.ofRound(changed.round) !== undefined) {
        throw new Error(`a second case was opened for round ${changed.round}`);
      }
      this.cases.set(id, {
        case: { ...changed, id },
        openedAt: this.cases.get(id)?.openedAt ?? this.now,
      });
    }
    const all = [...this.cases.values()].map((stored) => stored.case);
    const awaiting = all.filter(awaitsDecision);
    if (awaiting.length > 1) throw new Error('two cases of one image await a decision');
    this.state = { ...next, case: awaiting[0] ?? this.ofRound(next.round) ?? null };
  }

  private ofRound(round: number): CaseState | undefined {
    return [...this.cases.values()].map((stored) => stored.case).find((stored) => stored.round === round);
  }
}
