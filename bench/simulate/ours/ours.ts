import { awaitsDecision, isBlockedBy } from '../../../src/core/image-state.js';
import { hearVotes } from '../../../src/core/hear-votes.js';
import type { ThresholdRule, VersionedRule } from '../../../src/core/threshold-rule.js';
import type { VoteFacts } from '../../../src/core/vote-facts.js';
import type { Contender, Decision, Standing } from '../contender.js';
import { HOUR, MINUTE, type Report } from '../reporter.js';
import { CaseFile, REASONS, type Vote } from './case-file.js';
import { Records } from './records.js';
import { NEWCOMER, Site } from './site.js';

/** Vigie's own rules, as they are in src/core/: this is the neck without its tables. */
export class Ours implements Contender {
  private readonly files = new Map<number, CaseFile>();
  private readonly records = new Records();
  private readonly site = new Site();
  private readonly rule: VersionedRule;
  private decisions = 0;

  constructor(rule: ThresholdRule) {
    this.rule = { version: 1, rule };
  }

  report(report: Report, now: number): void {
    const file = this.files.get(report.picture) ?? new CaseFile(report.picture);
    this.files.set(report.picture, file);
    if (file.hasVoteOf(report.reporter.id)) return;
    const vote = file.add(report, this.records.hasBudget(report.reporter, this.rule.rule), this.rule, now);
    const counts = vote.leftOut === null;
    this.records.voted(report.reporter.id, { picture: report.picture, at: now, counts });
    const before = file.ask(
      {
        type: 'cast-votes',
        votes: counts ? [{ from: null, to: REASONS, mayBlockAlone: false }] : [],
        uncounted: counts ? [] : [{ from: null, to: vote.leftOut, severe: false }],
        heard: hearVotes(this.factsOf(file, now), this.rule.rule, this.site.baseline(now), now),
        breaker: this.site.breaker(this.rule.rule, now),
        linked: false,
        siteSevereBudget: 0,
      },
      this.rule,
      now,
    );
    if (!isBlockedBy('threshold', before.blocks) && isBlockedBy('threshold', file.state.blocks))
      this.site.blocked(now);
  }

  decide(picture: number, { action, reports }: Decision, now: number): void {
    const file = this.files.get(picture);
    if (file === undefined) return;
    const counted = file.counted();
    const crossing = file.state.blocks.find(({ source }) => source === 'threshold');
    const seen = file.state.case;
    this.decisions += 1;
    const decision = String(this.decisions);
    file.ask(
      {
        type: 'decide',
        decisionId: decision,
        action,
        policy: action === 'block' ? 'violence' : null,
        staffId: 'moderator',
        lead: false,
        seen: seen?.id == null ? null : { caseId: seen.id, version: seen.version, leaseToken: null },
        bulk: false,
        contentVersion: null,
      },
      this.rule,
      now,
    );
    const judged = counted.filter(({ castAt }) => castAt <= (crossing?.since ?? now));
    if (reports !== 'ignore') {
      for (const { reporter } of judged)
        this.records.judge(reporter.id, { decision, valid: reports === 'valid', at: now });
    }
    this.records.decided(
      picture,
      file.votes.map(({ reporter }) => reporter.id),
    );
    if (action === 'block' && crossing !== undefined) this.uphold(judged, now);
  }

  standingOf(picture: number): Standing {
    const state = this.files.get(picture)?.state;
    if (state === undefined) return 'shown';
    return state.blocks.length > 0
      ? 'hidden'
      : awaitsDecision(state.case) && state.case.held
        ? 'held'
        : 'shown';
  }

  waiting(): readonly number[] {
    return [...this.files]
      .flatMap(([picture, { state }]) =>
        awaitsDecision(state.case) ? { picture, priority: state.case.priority } : [],
      )
      .sort((a, b) => b.priority - a.priority)
      .map(({ picture }) => picture);
  }

  private uphold(votes: readonly Vote[], now: number): void {
    const [first, last] = [votes[0], votes[this.rule.rule.reporters - 1]];
    if (first === undefined || last === undefined) return;
    this.site.uphold({
      at: now,
      span: last.castAt - first.castAt,
      newcomers: votes.filter(({ reporter, castAt }) => castAt - reporter.knownSince < NEWCOMER).length,
      votes: votes.length,
    });
  }

  private factsOf(file: CaseFile, now: number): readonly VoteFacts[] {
    const since = now - this.rule.rule.windowHours * HOUR;
    return file
      .counted()
      .filter(({ castAt }) => castAt > since)
      .map(({ reporter, castAt, comment, capped }) => ({
        kind: reporter.kind,
        reasons: REASONS,
        networks: capped,
        castAt,
        ageMinutes: Math.floor((castAt - reporter.knownSince) / MINUTE),
        comments: comment === null ? [] : [comment],
        verdicts: this.records.verdictsOf(reporter.id),
        undecided: this.records.undecidedBeside(file.picture, reporter.id, now),
      }));
  }
}
