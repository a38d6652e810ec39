import type { Command } from '../../../src/core/command.js';
import { A_HOLD, accepted, aBlock, aCase, anImage, HOUR, NOW, SITE, sources, types } from '../examples.js';

const block = (reason: 'spam' | 'hate', note: string | null = null): Command => ({
  type: 'publisher-block',
  reason,
  note,
});

describe("the publisher's block", () => {
  it('hides the image', () => {
    const verdict = accepted(anImage(), block('spam', 'ours'));
    expect(verdict.next.blocks).toEqual([aBlock('publisher', { reason: 'spam', note: 'ours', since: NOW })]);
    expect(types(verdict)).toEqual(['block.added', 'image.blocked']);
    expect(verdict.events[0]).toMatchObject({ actor: SITE, ruleVersion: null });
  });

  it('may change its reason, and goes on since when it was first given', () => {
    const state = anImage({ blocks: [aBlock('publisher')], version: 1 });
    const verdict = accepted(state, block('hate'));
    expect(verdict.next.blocks).toMatchObject([{ reason: 'hate', since: NOW - HOUR }]);
    expect(types(verdict)).toEqual(['block.added', 'image.reason-changed']);
  });

  it('may change its note without a new version', () => {
    const state = accepted(anImage(), block('spam')).next;
    const verdict = accepted(state, block('spam', 'ours'));
    expect(types(verdict)).toEqual(['block.added']);
    expect(verdict.next.version).toBe(1);
  });

  it('given again changes nothing', () => {
    const state = accepted(anImage(), block('spam', 'ours')).next;
    expect(accepted(state, block('spam', 'ours'))).toMatchObject({ next: state, events: [] });
  });

  it('taken back leaves the blocks of others', () => {
    const state = anImage({
      blocks: [aBlock('publisher', { reason: 'spam' }), aBlock('threshold')],
      case: aCase(),
      version: 1,
    });
    const verdict = accepted(state, { type: 'publisher-unblock' });
    expect(sources(verdict.next)).toEqual(['threshold']);
    expect(types(verdict)).toEqual(['block.removed', 'image.reason-changed']);
  });

  it('taken back where none stands changes nothing', () => {
    const state = anImage({ blocks: [aBlock('moderator')] });
    expect(accepted(state, { type: 'publisher-unblock' })).toMatchObject({ next: state, events: [] });
  });
});

describe('behaviour 30: a protection', () => {
  it('lifts what a rule or a match did, and leaves the case: somebody should still look', () => {
    const state = anImage({
      blocks: [aBlock('threshold'), aBlock('match')],
      case: aCase(),
      version: 1,
    });
    const verdict = accepted(state, { type: 'protect' });
    expect(verdict.next).toMatchObject({
      blocks: [],
      protected: true,
      version: 2,
      since: null,
      case: { status: 'open' },
    });
    expect(types(verdict)).toEqual(['protection.set', 'image.unblocked']);
    expect(verdict.events[0]?.data).toEqual({
      lifted: [
        { source: 'threshold', since: NOW - HOUR },
        { source: 'match', since: NOW - HOUR },
      ],
    });
  });

  it('ends a hold: the rule would not block any more, and why it would have stays known', () => {
    const held = aCase({ held: true, hold: A_HOLD, priority: 119_000_000 });
    const verdict = accepted(anImage({ tally: { violence: 5 }, case: held }), { type: 'protect' });
    expect(verdict.next.case).toMatchObject({ status: 'open', held: false, hold: A_HOLD });
    expect(verdict.next.case?.priority).toBe(19_000_000);
    expect(types(verdict)).toEqual(['protection.set']);
  });

  it('leaves the blocks of people', () => {
    const state = anImage({ blocks: [aBlock('publisher'), aBlock('moderator')], version: 1 });
    const verdict = accepted(state, { type: 'protect' });
    expect(sources(verdict.next)).toEqual(['publisher', 'moderator']);
    expect(types(verdict)).toEqual(['protection.set']);
  });

  it('set again, or lifted where there is none, changes nothing', () => {
    const set = anImage({ protected: true });
    expect(accepted(set, { type: 'protect' })).toMatchObject({ next: set, events: [] });
    expect(accepted(anImage(), { type: 'unprotect' })).toMatchObject({ next: anImage(), events: [] });
  });

  it('lifted blocks nothing by itself: the rule looks at what came meanwhile with the next vote', () => {
    const state = anImage({ protected: true, tally: { violence: 9 }, case: aCase() });
    const verdict = accepted(state, { type: 'unprotect' });
    expect(types(verdict)).toEqual(['protection.lifted']);
    expect(verdict.next).toEqual({ ...state, protected: false });
  });
});
