import { settle, turn, unchanged } from '../../src/core/settle.js';
import { aBlock, aCase, anImage, HOUR, NOW, SITE } from './examples.js';

const visible = anImage({ version: 4 });
const blocked = anImage({ blocks: [aBlock('threshold')], version: 5 });
const to = (next: typeof visible, drafts = [{ type: 'protection.set' as const, data: {} }]) => ({
  next,
  drafts,
  actor: SITE,
  now: NOW,
});

describe('settling a change', () => {
  it('raises the version and logs the block with its cause and rule version', () => {
    const { next, events } = settle(visible, to({ ...visible, blocks: blocked.blocks }));
    expect(next).toMatchObject({ version: 5, since: NOW });
    expect(events.map(({ type }) => type)).toEqual(['protection.set', 'image.blocked']);
    expect(events[1]).toMatchObject({
      actor: SITE,
      ruleVersion: 7,
      data: { version: 5, source: 'threshold', reason: 'violence', evidence: { needed: 5 } },
      visibility: { blocked: true, version: 5 },
    });
  });

  it('says what is seen only once, with the last event', () => {
    const { events } = settle(visible, to({ ...visible, blocks: blocked.blocks }));
    expect(events.map(({ visibility }) => visibility !== null)).toEqual([false, true]);
  });

  it('names the block that went when an image becomes visible', () => {
    const { next, events } = settle(blocked, to({ ...blocked, blocks: [] }, []));
    expect(next).toMatchObject({ version: 6, since: null });
    expect(events).toMatchObject([
      {
        type: 'image.unblocked',
        ruleVersion: null,
        data: { source: 'threshold' },
        visibility: { blocked: false, version: 6 },
      },
    ]);
  });

  it('keeps the start of the spell when another reason comes to show', () => {
    const stronger = aBlock('publisher', { reason: 'spam' });
    const { next, events } = settle(blocked, to({ ...blocked, blocks: [...blocked.blocks, stronger] }, []));
    expect(next).toMatchObject({ version: 6, since: NOW - HOUR });
    expect(events).toMatchObject([
      { type: 'image.reason-changed', data: { source: 'publisher', reason: 'spam' } },
    ]);
  });

  it('tells that a person now stands behind a block, without a new version', () => {
    const reviewed = { ...blocked, blocks: [aBlock('moderator')] };
    const { next, events } = settle(blocked, to(reviewed));
    expect(next.version).toBe(5);
    expect(events).toMatchObject([{ type: 'protection.set', visibility: { reviewed: true, version: 5 } }]);
  });

  it('tells nothing of what is seen when nothing of it changed', () => {
    const { next, events } = settle(blocked, to({ ...blocked, protected: true }));
    expect(next).toEqual({ ...blocked, protected: true });
    expect(events).toMatchObject([{ type: 'protection.set', ruleVersion: null, visibility: null }]);
  });

  it("takes the review state from the case, and keeps an ended round's where there is none", () => {
    expect(settle(visible, to({ ...visible, case: aCase() })).next.reviewState).toBe('open');
    const closed = anImage({ reviewState: 'closed' });
    expect(settle(closed, to(closed)).next.reviewState).toBe('closed');
  });
});

describe('a case that is turned', () => {
  it('has a new version and no lease', () => {
    const leased = aCase({ version: 3, lease: { holder: 'staff-1', token: 'aa', live: true } });
    expect(turn(leased, { status: 'escalated' })).toEqual({
      ...leased,
      status: 'escalated',
      version: 4,
      lease: null,
    });
  });
});

it('what is so already changes nothing', () => {
  expect(unchanged(blocked)).toEqual({
    ok: true,
    next: blocked,
    events: [],
    delta: null,
    severeSpentBy: null,
  });
});
