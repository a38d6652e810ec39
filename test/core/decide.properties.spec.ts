import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { CoreEvent } from '../../src/core/verdict.js';
import { decide } from '../../src/core/decide.js';
import {
  awaitsDecision,
  type Block,
  type BlockSource,
  type ImageState,
  isAppealed,
  isBlockedBy,
  strongestBlock,
  type Visibility,
  visibilityOf,
} from '../../src/core/image-state.js';
import { type Reason, SEVERE_REASON } from '../../src/core/reasons.js';
import { reporters } from '../../src/core/tally.js';
import { always, hold } from './always.js';
import { InMemoryNeck, type Step, type Taken } from './in-memory-neck.js';
import { rule, steps } from './random-steps.js';

const SEEN: readonly string[] = ['image.blocked', 'image.unblocked', 'image.reason-changed'];
const seenEvents = (events: readonly CoreEvent[]): readonly CoreEvent[] =>
  events.filter(({ type }) => SEEN.includes(type));
const shown = (state: ImageState): Reason | undefined => strongestBlock(state.blocks)?.reason;
const count = (source: BlockSource, { blocks }: ImageState): number =>
  blocks.filter((block) => block.source === source).length;
const names = (blocks: readonly Block[]): string[] =>
  blocks.map(({ source, ref }) => `${source} ${ref}`).sort();
const happened = (
  taken: Taken,
): { before: ImageState; next: ImageState; events: readonly CoreEvent[] } | null =>
  taken.verdict.ok ? { before: taken.before, next: taken.verdict.next, events: taken.verdict.events } : null;

/** What must hold of any state, however it came about. */
function expectSoundState(state: ImageState): void {
  hold(count('threshold', state) <= 1, 'at most one block by the rule');
  hold(count('publisher', state) <= 1, 'at most one block by the publisher');
  hold(new Set(names(state.blocks)).size === state.blocks.length, 'blocks are told apart by source and ref');
  hold((state.since !== null) === state.blocks.length > 0, 'since is set exactly while blocked');
  const isFixed = state.protected || isBlockedBy('moderator', state.blocks);
  hold(!isFixed || state.case?.held !== true, "nothing is held under a protection or a moderator's block");
  if (!isBlockedBy('threshold', state.blocks)) return;
  hold(awaitsDecision(state.case), 'a block by the rule awaits a decision');
  hold(!state.protected, 'no block by the rule under a protection');
  hold(!isBlockedBy('moderator', state.blocks), "no block by the rule beside a moderator's");
}

/** No network has more votes that were let count than the rule lets. */
function expectPlaces(neck: InMemoryNeck): void {
  const { perNetwork, minNetworks } = neck.rule.rule;
  const narrow = new Map<string, number>();
  for (const { networks } of neck.placed()) {
    for (const name of networks === null ? [] : [networks.narrow, networks.minted]) {
      if (name !== null) narrow.set(name, (narrow.get(name) ?? 0) + 1);
    }
  }
  hold(Math.max(0, ...narrow.values()) <= perNetwork, 'a narrow network has no more votes than may count');
  const ofWide = neck.placed().filter(({ networks }) => networks?.wide === 'a').length;
  hold(minNetworks === 1 || ofWide <= MOST_K - 1, 'a wide network has fewer votes than K');
}

/** The largest K that a random rule has, before and after it is changed. */
const MOST_K = 5;

describe('whatever happens to an image', () => {
  it('raises the version by one when blocked or the shown reason changes, and never otherwise (I6)', () => {
    always((_, taken) => {
      const done = happened(taken);
      if (done === null) return;
      const changed = shown(done.before) !== shown(done.next);
      hold(done.next.version === done.before.version + (changed ? 1 : 0), 'the version follows what is seen');
    });
  });

  it('logs exactly one event for each change of what is seen, with the new version, and none otherwise (I6)', () => {
    always((_, taken) => {
      const done = happened(taken);
      if (done === null) return;
      const was = shown(done.before);
      const is = shown(done.next);
      const type =
        was === is
          ? []
          : [
              is === undefined
                ? 'image.unblocked'
                : was === undefined
                  ? 'image.blocked'
                  : 'image.reason-changed',
            ];
      const seen = seenEvents(done.events);
      expect(seen.map((event) => event.type)).toEqual(type);
      for (const event of seen) expect(event.data['version']).toBe(done.next.version);
    });
  });

  it('gives whoever follows the log, keeping the highest version, what is seen', () => {
    const followed = new WeakMap<InMemoryNeck, Visibility>();
    always((neck, taken) => {
      const done = happened(taken);
      let known = followed.get(neck) ?? { blocked: false, version: 0 };
      for (const { visibility } of done?.events ?? []) {
        if (visibility !== null && visibility.version >= known.version) known = visibility;
      }
      followed.set(neck, known);
      hold(isDeepStrictEqual(known, visibilityOf(neck.state)), 'the follower knows what is seen');
    });
  });

  it('keeps a case that awaits a decision beside every block by the rule, of which there is at most one (I5)', () => {
    always((neck) => expectSoundState(neck.state));
  });

  it('logs every crossing once (I4)', () => {
    always((_, taken) => {
      const done = happened(taken);
      if (done === null || taken.step.do !== 'report') return;
      const crossed = count('threshold', done.next) - count('threshold', done.before);
      const told = done.events.filter(
        ({ type, data }) =>
          (type === 'image.blocked' || type === 'block.added') && data['source'] === 'threshold',
      );
      expect(told.length).toBe(crossed);
    });
  });

  it('never blocks by the rule under a protection or beside a moderator, and lets protection lift what the rule did', () => {
    always((neck, taken) => {
      if (taken.step.do === 'protect') expect(count('threshold', neck.state)).toBe(0);
      if (neck.state.protected || isBlockedBy('moderator', neck.state.blocks)) {
        expect(count('threshold', neck.state)).toBe(0);
      }
    });
  });

  it('lets nobody see an appeal or views, and keeps an appeal until a person decides, takes it back or other bytes come', () => {
    always((_, taken) => {
      const change = happened(taken);
      if (change === null) return;
      const { before, next, events } = change;
      const was = awaitsDecision(before.case) && isAppealed(before.case);
      const is = awaitsDecision(next.case) && isAppealed(next.case);
      const { type } = taken.command;
      if (type === 'appeal' || type === 'withdraw-appeal' || type === 'tell-views') {
        hold(next.blocks === before.blocks && next.version === before.version, 'nothing is lifted');
        hold(
          seenEvents(events).length === 0 && events.every(({ visibility }) => visibility === null),
          'unseen',
        );
      }
      if (type === 'appeal') hold(is, 'who appeals is heard');
      if (was && !is) hold(['decide', 'withdraw-appeal', 'new-content'].includes(type), `not by ${type}`);
    });
  });

  it('never lets a round fall, and ends one only by a keep or by other bytes', () => {
    always((_, taken) => {
      const done = happened(taken);
      if (done === null) return;
      const kept = taken.step.do === 'decide' && taken.step.action === 'keep' && done.events.length > 0;
      const replaced = done.before.content !== null && done.next.content !== done.before.content;
      hold(
        done.next.round === done.before.round + (kept || replaced ? 1 : 0),
        'a round ends by a keep or other bytes',
      );
    });
  });

  it('counts exactly the votes that stand in the current round: those before a keep never again (I3)', () => {
    always((neck) => {
      hold(isDeepStrictEqual(neck.state.tally, neck.naiveTally()), 'the tally equals the votes');
      hold(isDeepStrictEqual(neck.state.leftOut, neck.naiveLeftOut()), 'what is left out equals the votes');
    });
  });

  it('counts no more votes of a network than may count there, whoever withdraws and comes again (rule 3)', () => {
    always((neck) => expectPlaces(neck));
  });

  it('never blocks by capped votes from fewer networks than the rule asks for, or by one wide network (rule 3)', () => {
    always((neck, taken) => {
      const made = neck.state.blocks.find(({ source }) => source === 'threshold');
      if (made === undefined || isBlockedBy('threshold', taken.before.blocks) || taken.step.do !== 'report')
        return;
      const { evidence } = made;
      const { rule: parts } = taken.rule;
      if (evidence === null || parts.minNetworks === 1) return;
      const votes = neck.placed().filter(({ standing }) => standing);
      const own = votes.filter(({ networks }) => networks === null);
      const narrow = new Set(votes.flatMap(({ networks }) => networks?.narrow ?? []));
      const wide = new Set(votes.flatMap(({ networks }) => networks?.wide ?? []));
      if (evidence.crossedBy === 'severe') {
        const severe = votes.filter(({ reasons }) => reasons.includes(SEVERE_REASON));
        const apart = new Set(severe.map(({ networks, reader }) => networks?.wide ?? reader));
        hold(apart.size >= evidence.needed, 'two severe votes come from two wide networks');
      } else if (own.length < evidence.needed) {
        hold(own.length + narrow.size >= parts.minNetworks, 'the votes come from enough networks');
        hold(own.length + wide.size >= 2, 'no wide network blocks alone');
      }
    });
  });

  it('opens a case for the first vote, counted or not, unless the site waits for more (rule 9)', () => {
    always((neck, taken) => {
      const { before, step, rule: given } = taken;
      if (step.do !== 'report' || before.keptAt !== null || isBlockedBy('moderator', neck.state.blocks))
        return;
      const spoken = neck.votes.filter(({ round, standing }) => standing && round === neck.state.round);
      if (spoken.length >= given.rule.caseAt) expect(awaitsDecision(neck.state.case)).toBe(true);
    });
  });

  it('restores blocks, protection and case when a decision is undone at once (rule 15)', () => {
    always((_, taken) => {
      const { verdict, before, command } = taken;
      if (!verdict.ok || verdict.delta === null || command.type !== 'decide') return;
      const undone = decide(
        verdict.next,
        {
          type: 'undo-decision',
          decisionId: command.decisionId,
          action: command.action,
          delta: verdict.delta,
          decidedBy: command.staffId,
          staffId: command.staffId,
          lead: false,
          latest: true,
          newerCase: false,
          spokenSince: false,
          contentVersion: before.content,
          endedSources: [],
          heard: null,
        },
        { kind: 'staff', id: command.staffId },
        taken.rule,
        taken.now + 1,
      );
      if (!undone.ok) throw new Error(`the undo was refused: ${undone.refusal}`);
      expect(names(undone.next.blocks)).toEqual(names(before.blocks));
      expect(undone.next.protected).toBe(before.protected);
      expect(undone.next.case?.status).toBe(before.case?.status);
      expect(undone.next.case?.outcome).toBe(before.case?.outcome);
      expect(undone.next.keptAt).toBe(before.keptAt);
      expect(shown(undone.next)).toBe(shown(before));
    });
  });

  it("leaves the publisher's block to the publisher", () => {
    always((_, taken) => {
      const done = happened(taken);
      if (done === null || !isBlockedBy('publisher', done.before.blocks)) return;
      expect(isBlockedBy('publisher', done.next.blocks)).toBe(taken.step.do !== 'publisher-unblock');
    });
  });

  it('does nothing when it is told what is so already', () => {
    const repeatable: readonly string[] = ['publisher-block', 'publisher-unblock', 'protect', 'unprotect'];
    always((_, taken) => {
      const { verdict, command } = taken;
      const onImage = command.type === 'decide' && command.seen === null;
      if (!verdict.ok || !(repeatable.includes(command.type) || onImage)) return;
      const again = decide(verdict.next, command, { kind: 'site', id: null }, taken.rule, taken.now + 1);
      if (again.ok) expect(again).toMatchObject({ next: verdict.next, events: [], delta: null });
      else expect(again.refusal).toMatch(/^(case-escalated|needs-lead)$/);
    });
  });

  it('never blocks by a single reader, unless for the severe reason within its budgets (behaviour 26)', () => {
    always((neck, taken) => {
      for (const { source, evidence } of neck.state.blocks) {
        if (source !== 'threshold' || evidence === null) continue;
        expect(evidence.reporters).toBeGreaterThanOrEqual(evidence.needed);
        expect(reporters(evidence.tally)).toBeGreaterThanOrEqual(evidence.reporters);
        if (evidence.crossedBy !== 'severe') expect(evidence.reporters).toBeGreaterThanOrEqual(2);
      }
      const { step, verdict } = taken;
      const spent = verdict.ok && verdict.severeSpentBy !== null;
      if (spent) expect(step).toMatchObject({ do: 'report', budget: true });
      const alone = neck.state.blocks.some(({ evidence }) => evidence?.reporters === 1);
      const aloneBefore = taken.before.blocks.some(({ evidence }) => evidence?.reporters === 1);
      if (alone && !aloneBefore && step.do === 'report') expect(spent).toBe(true);
    });
  });

  it('changes nothing when it refuses', () => {
    always((neck, taken) => {
      if (!taken.verdict.ok && taken.step.do !== 'undo') expect(neck.state).toBe(taken.before);
    });
  });
});

describe('whatever two images have been through that become one', () => {
  const merge: Step = { do: 'wait', hours: 0 };

  it('loses no cause of a block, counts each reader once, and lets no follower of either drop the next change', () => {
    fc.assert(
      fc.property(rule, steps, steps, steps, (given, ours, theirs, later) => {
        const neck = new InMemoryNeck(given, 'kept');
        const other = new InMemoryNeck(given, 'other');
        for (const next of ours) neck.take(next);
        for (const next of theirs) other.take(next);
        other.rule = neck.rule;
        const before = neck.state;
        const { verdict } = neck.absorb(other, merge);
        if (!verdict.ok) throw new Error(`the merge was refused: ${verdict.refusal}`);
        const { next } = verdict;

        expectSoundState(neck.state);
        expect(next.tally).toEqual(neck.naiveTally());
        expect(next.leftOut).toEqual(neck.naiveLeftOut());
        expectPlaces(neck);
        expect(next.protected).toBe(before.protected || other.state.protected);
        expect(next.keptAt ?? 0).toBe(Math.max(before.keptAt ?? 0, other.state.keptAt ?? 0));
        expect(next.round).toBe(before.round);
        for (const seen of [before, other.state]) {
          expect(next.version).toBeGreaterThanOrEqual(seen.version);
          if (shown(seen) !== shown(next)) expect(next.version).toBeGreaterThan(seen.version);
          for (const { source } of seen.blocks) {
            if (source === 'publisher' || source === 'moderator') {
              expect(isBlockedBy(source, next.blocks)).toBe(true);
            }
          }
          if (awaitsDecision(seen.case) && !isBlockedBy('moderator', before.blocks)) {
            expect(awaitsDecision(next.case)).toBe(true);
          }
        }
        const kept = [before, other.state].filter(({ keptAt }) => keptAt !== null);
        if (kept.length === 1 && !kept.some(({ blocks }) => isBlockedBy('threshold', blocks))) {
          for (const { source, reason, since, evidence } of next.blocks) {
            if (source !== 'threshold' || reason === SEVERE_REASON) continue;
            hold(since === neck.now, 'what readers said of the other is judged as after a keep');
            hold((evidence?.reporters ?? 0) >= (evidence?.needed ?? 1), 'as many as a keep asks for');
          }
        }
        const everSeen = next.version > 0;
        expect(verdict.events.some(({ visibility }) => visibility !== null)).toBe(everSeen);

        for (const afterwards of later) {
          neck.take(afterwards);
          expectSoundState(neck.state);
          hold(isDeepStrictEqual(neck.state.tally, neck.naiveTally()), 'the tally equals the votes');
        }
      }),
      { numRuns: 400 },
    );
  });
});
