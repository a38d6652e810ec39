import fc from 'fast-check';
import { LONGEST_PAUSE, pauseAfter } from '../../src/client/backoff.js';
import { readChange } from '../../src/client/image-change.js';
import { readEvents, type ServerSentEvent } from '../../src/client/read-events.js';

async function* chunked(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield await Promise.resolve(bytes.subarray(at, at + size));
    at += size;
  }
}

async function eventsOf(text: string, sizes: readonly number[] = [1 << 20]): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(chunked(text, sizes))) events.push(event);
  return events;
}

describe('a stream of events', () => {
  const text =
    ': asOf 2026-11-23T10:00:20Z\r\nid: c.1\r\n\r\nretry: 2000\nid:c.2\ndata: {"é":1}\ndata:  2\n\n\n\nid: lost';

  it('is read by the standard, and what has no end is dropped', async () => {
    expect(await eventsOf(text)).toEqual([
      { comment: 'asOf 2026-11-23T10:00:20Z', id: 'c.1' },
      { id: 'c.2', data: '{"é":1}\n 2' },
    ]);
  });

  it('is read alike, however it is cut into pieces', async () => {
    const whole = await eventsOf(text);
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(sizes, async (each) => {
        expect(await eventsOf(text, each)).toEqual(whole);
      }),
    );
  });
});

describe('the pause after a failure', () => {
  it('doubles at most, up to half a minute, with full jitter', () => {
    expect([1, 2, 3, 7, 50].map((failures) => pauseAfter(failures, 0.999999))).toEqual([
      500, 1000, 2000, 30_000, 30_000,
    ]);
    expect(pauseAfter(9, 0)).toBe(0);
    expect(pauseAfter(9, 0.5)).toBe(LONGEST_PAUSE / 2);
  });

  it('is never shorter than the service asks, within reason', () => {
    expect(pauseAfter(1, 0, 7000)).toBe(7000);
    expect(pauseAfter(1, 0.999999, 7000)).toBe(7500);
    expect(pauseAfter(1, 0, 86_400_000)).toBe(300_000);
  });
});

describe('a change', () => {
  const image = { id: 'photo-1', addresses: ['https://a.example/1'] };

  it('is read with what it says, and fields that are not known are left alone', () => {
    expect(
      readChange({ image: { ...image, x: 1 }, blocked: true, reason: 'new', version: 3, at: 'T', y: 2 }),
    ).toEqual({
      image,
      blocked: true,
      reason: 'new',
      version: 3,
      at: 'T',
    });
    expect(readChange({ image: { url: 'u' }, blocked: false, reason: 'spam', version: 3 })).toEqual({
      image: { url: 'u', addresses: [] },
      blocked: false,
      version: 3,
    });
  });

  it.each(
    [
      null,
      1,
      {},
      { image, blocked: 1, version: 1 },
      { image, blocked: true },
      { image: {}, blocked: true, version: 1 },
    ].concat([
      { image, blocked: true, version: -1 },
      { image, blocked: true, version: 1.5 },
    ] as never[]),
  )('is not made of %j', (value) => {
    expect(readChange(value)).toBeNull();
  });
});
