import { isPeriod, periodQuery, usualPeriod } from '../../../src/web/console/rules/replay/period.js';
import { eventsIn } from '../../../src/web/console/server-sent.js';

describe('events of a stream', () => {
  it('are read as far as they are whole, however they are cut', () => {
    const text =
      'event: progress\ndata: {"done":1}\n\n: still here\n\nevent: result\r\ndata: {"a":\r\ndata: 2}\r\n\r\n';
    for (let cut = 0; cut <= text.length; cut += 1) {
      const first = eventsIn(text.slice(0, cut));
      const second = eventsIn(first.rest + text.slice(cut));
      expect([...first.events, ...second.events]).toEqual([
        { event: 'progress', data: '{"done":1}' },
        { event: 'result', data: '{"a":\n2}' },
      ]);
      expect(second.rest).toBe('');
    }
  });

  it('are none while they are not whole', () => {
    const text = 'event: result\ndata: {"a":';
    expect(eventsIn(text)).toEqual({ events: [], rest: text });
  });
});

describe('the time on which a rule is tried', () => {
  const now = new Date('2026-11-26T10:00:00Z');
  const own = (from: string, to: string) => ({ span: 'own', from, to }) as const;

  it('is the last so many days until now', () => {
    expect(periodQuery({ ...usualPeriod('2026-11-26'), span: '7' }, 'UTC', now)).toEqual({
      from: '2026-11-19T10:00:00.000Z',
    });
  });

  it.each([
    ['Africa/Casablanca', '2026-10-31T23:00:00.000Z', '2026-11-10T23:00:00.000Z'],
    // Clocks went back on the first of November there.
    ['America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-11T05:00:00.000Z'],
    ['Asia/Kathmandu', '2026-10-31T18:15:00.000Z', '2026-11-10T18:15:00.000Z'],
  ])('is from midnight to midnight in %s', (zone, from, to) => {
    expect(periodQuery(own('2026-11-01', '2026-11-10'), zone, now)).toEqual({ from, to });
  });

  it('ends now where the last day is not over', () => {
    expect(periodQuery(own('2026-11-01', '2026-11-26'), 'UTC', now)).not.toHaveProperty('to');
  });

  it.each([
    [own('2026-11-02', '2026-11-01'), false],
    [own('', '2026-11-01'), false],
    [own('2025-10-01', '2026-11-26'), false],
    [own('2026-11-01', '2026-11-01'), true],
    [{ ...own('', ''), span: '90' }, true],
  ] as const)('%j can be asked for: %s', (period, expected) => {
    expect(isPeriod(period)).toBe(expected);
  });
});
