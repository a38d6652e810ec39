import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { BreakerRoom, CastVotes } from '../../src/core/command.js';
import { decide } from '../../src/core/decide.js';
import type { HeardVotes } from '../../src/core/hear-votes.js';
import { awaitsDecision, type Block, type ImageState, isBlockedBy } from '../../src/core/image-state.js';
import { SEVERE_REASON } from '../../src/core/reasons.js';
import type { PastVerdict } from '../../src/core/vote-facts.js';
import { FULL_WEIGHT, weightOf } from '../../src/core/weights.js';
import { always, hold } from './always.js';
import { InMemoryNeck, type Taken } from './in-memory-neck.js';
import { READERS, rule, steps } from './random-steps.js';

/** The votes that a step brought, heard, and the block that the rule made of them, if it did. */
interface Cast {
  readonly taken: Taken;
  readonly command: CastVotes;
  readonly heard: HeardVotes;
  readonly next: ImageState;
  readonly block: Block | null;
}

/** Null for steps that are no reports. */
function castOf(taken: Taken): Cast | null {
  const { command, verdict } = taken;
  if (command.type !== 'cast-votes' || command.heard === null || !verdict.ok) return null;
  const { next } = verdict;
  return { taken, command, heard: command.heard, next, block: newBlock(taken.before, next) };
}

const newBlock = (before: ImageState, next: ImageState): Block | null =>
  isBlockedBy('threshold', before.blocks)
    ? null
    : (next.blocks.find(({ source }) => source === 'threshold') ?? null);

/** What would have come of the same votes, had they been heard otherwise. */
function otherwise({ taken, command }: Cast, parts: Partial<CastVotes>): ImageState {
  const verdict = decide(
    taken.before,
    { ...command, ...parts },
    { kind: 'site', id: null },
    taken.rule,
    taken.now,
  );
  if (!verdict.ok) throw new Error(`refused: ${verdict.refusal}`);
  return verdict.next;
}

const FULL: BreakerRoom = { left: 0, blocksInHour: 20, limit: 20 };
const isBlocked = ({ blocks }: ImageState): boolean => isBlockedBy('threshold', blocks);
const trustAll = ({ votes }: HeardVotes): HeardVotes => ({
  findings: [],
  votes: votes.map((vote) => ({ ...vote, setAside: false })),
});
const onlyTrusted = ({ votes }: HeardVotes): HeardVotes => ({
  findings: [],
  votes: votes.filter(({ setAside }) => !setAside),
});

/** Histories for what comes in every eighth: in 200 of them it may come less often than `counting` asks for. */
const RARE = 800;

/** How often the histories came to what a sentence speaks of: one that never speaks proves nothing. */
function counting(): { saw: () => void; expectSome: () => void } {
  let times = 0;
  return {
    saw: () => void (times += 1),
    expectSome: () => expect(times).toBeGreaterThan(20),
  };
}

describe('whatever votes the rule hears', () => {
  it('needs people and weight: K means at least K of them, whatever each weighs (rule 2, behaviour 26)', () => {
    const { saw, expectSome } = counting();
    always((_, taken) => {
      const cast = castOf(taken);
      const evidence = cast?.block?.evidence;
      if (cast === null || evidence == null || evidence.crossedBy === 'severe') return;
      saw();
      const { rule } = taken.rule;
      const trusted = cast.heard.votes.filter(({ setAside }) => !setAside);
      const least = Math.min(rule.reporters, ...Object.values(rule.reasons).map((own) => own.reporters));
      hold(evidence.needed >= least && least >= 2, 'no K is left out');
      hold(trusted.length >= evidence.reporters, 'no vote that was set aside blocks');
      hold(evidence.reporters >= evidence.needed, 'as many people as are needed');
      const weight = trusted.reduce((total, vote) => total + vote.weight, 0);
      hold((evidence.weight ?? 0) >= evidence.needed * FULL_WEIGHT, 'as much weight as is needed');
      hold((evidence.weight ?? 0) <= weight, 'no weight is invented');
    }, 600);
    expectSome();
  });

  it('never blocks by one person, had they all the weight there is, save for the severe reason', () => {
    always((_, taken) => {
      const cast = castOf(taken);
      const [vote] = cast?.heard.votes ?? [];
      if (cast === null || vote === undefined || vote.reasons.includes(SEVERE_REASON)) return;
      const mighty = { findings: [], votes: [{ ...vote, weight: 1_000_000 * FULL_WEIGHT, setAside: false }] };
      const next = otherwise(cast, { heard: mighty, siteSevereBudget: 0 });
      hold(isBlocked(next) === isBlocked(taken.before), 'one vote blocks nothing');
    });
  });

  it('only ever discounts by a hold: what is set aside blocks nothing, and keeps nothing from being blocked (rule 4)', () => {
    const { saw, expectSome } = counting();
    always((_, taken) => {
      const cast = castOf(taken);
      if (cast === null || !cast.heard.votes.some(({ setAside }) => setAside)) return;
      saw();
      const rest = otherwise(cast, { heard: onlyTrusted(cast.heard) });
      const all = otherwise(cast, { heard: trustAll(cast.heard) });
      if (isBlocked(rest)) hold(isBlocked(cast.next), 'where the rest crosses, it blocks');
      if (isBlocked(cast.next)) hold(isBlocked(all), 'junk never helps');
      if (cast.next.case?.hold?.by === 'signals' && taken.before.case?.hold == null) {
        hold(!isBlocked(cast.next), 'what is held is not blocked by the rule');
        hold(isBlocked(all) || cast.command.breaker?.left === 0, 'only what would block is held');
      }
    }, 600);
    expectSome();
  });

  it('only ever holds by the breaker: never more is blocked, and what would have been waits for a person (rule 5)', () => {
    const { saw, expectSome } = counting();
    always((_, taken) => {
      const cast = castOf(taken);
      if (cast === null) return;
      const open = otherwise(cast, { breaker: null });
      const tripped = otherwise(cast, { breaker: FULL });
      hold(isDeepStrictEqual(open.tally, tripped.tally), 'every vote is counted all the same');
      const block = newBlock(taken.before, tripped);
      if (block !== null) {
        hold(
          block.evidence?.crossedBy === 'severe',
          'a breaker that is tripped lets only the severe through',
        );
        hold(isBlocked(open), 'a breaker blocks nothing');
      }
      if (!isBlocked(open) || isBlocked(tripped)) return;
      saw();
      hold(awaitsDecision(tripped.case), 'what the breaker held awaits a decision');
      hold(tripped.case?.hold?.by === 'breaker', 'it says why');
    }, 600);
    expectSome();
  });

  it('never holds the severe reason, by signals, weights or the breaker (rule 6)', () => {
    const { saw, expectSome } = counting();
    always((_, taken) => {
      const cast = castOf(taken);
      if (cast === null) return;
      const easy = otherwise(cast, { breaker: null });
      if (newBlock(taken.before, easy)?.evidence?.crossedBy !== 'severe') return;
      saw();
      const votes = cast.heard.votes.map((vote) => ({ ...vote, weight: 0, setAside: true }));
      const hard = otherwise(cast, { breaker: FULL, heard: { findings: [], votes } });
      hold(isBlocked(hard), 'it is blocked all the same');
      hold(hard.case?.held !== true, 'it is not held');
    }, RARE);
    expectSome();
  });

  it('holds a case once, says why, and holds nothing that the rule blocked', () => {
    const { saw, expectSome } = counting();
    always((neck, { verdict, before }) => {
      const { blocks, case: held } = neck.state;
      hold(!isBlockedBy('threshold', blocks) || held?.hold == null, 'no block by the rule is held');
      if (held?.held === true) {
        hold(held.hold !== null && held.status === 'open', 'what is held is open and says why');
      }
      if (!verdict.ok) return;
      const told = verdict.events.filter(({ type }) => type === 'case.held').length;
      const began = verdict.next.case?.held === true && before.case?.held !== true ? 1 : 0;
      if (told > 0) saw();
      hold(told <= began, 'a hold is told where it begins, once');
    }, RARE);
    expectSome();
  });
});

describe('whatever was decided of a reporter', () => {
  it('weighs as if an undone decision had never been, to the thousandth', () => {
    const { saw, expectSome } = counting();
    fc.assert(
      fc.property(rule, steps, fc.boolean(), (given, sequence, valid) => {
        const neck = new InMemoryNeck(given);
        for (const step of sequence) neck.take(step);
        const before = neck.weights(READERS);
        const decided = neck.take({
          do: 'decide',
          action: 'keep',
          policy: 'violence',
          onCase: true,
          lead: true,
          valid,
        });
        if (decided?.verdict.ok !== true || decided.verdict.delta === null) return;
        if (!isDeepStrictEqual(neck.weights(READERS), before)) saw();
        const undone = neck.take({ do: 'undo', decision: 0, lead: true });
        expect(undone?.verdict.ok).toBe(true);
        expect(neck.weights(READERS)).toEqual(before);
      }),
      { numRuns: 200 },
    );
    expectSome();
  });

  const DAY = 86_400_000;
  const verdict: fc.Arbitrary<PastVerdict> = fc.record({
    decision: fc.constantFrom('1', '2', '3', '4'),
    valid: fc.boolean(),
    at: fc.integer({ min: 0, max: 2_000 * DAY }),
  });
  const kind = fc.constantFrom('device' as const, 'account' as const, 'named' as const);
  const now = 2_000 * DAY;

  it('weighs the same in whatever order it was decided, within its bounds, and a device at most 1', () => {
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 60 }), fc.nat(), kind, (verdicts, turn, of) => {
        const weight = weightOf(verdicts, of, now);
        const at = turn % Math.max(1, verdicts.length);
        const turned = [...verdicts.slice(at), ...verdicts.slice(0, at)].reverse();
        expect(weightOf(turned, of, now)).toBe(weight);
        expect(weight).toBeGreaterThanOrEqual(100);
        expect(weight).toBeLessThanOrEqual(of === 'device' ? 1_000 : 1_600);
        expect(Number.isInteger(weight)).toBe(true);
      }),
    );
  });

  it('never weighs less for being right, nor more for being wrong', () => {
    fc.assert(
      fc.property(fc.array(verdict, { maxLength: 60 }), verdict, kind, (verdicts, another, of) => {
        const before = weightOf(verdicts, of, now);
        const after = weightOf([...verdicts, another], of, now);
        if (another.valid) expect(after).toBeGreaterThanOrEqual(before);
        else expect(after).toBeLessThanOrEqual(before);
      }),
    );
  });
});
