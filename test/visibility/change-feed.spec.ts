import { ChangeFeed } from '../../src/visibility/change-feed.js';
import { namedImage, type SeenChange } from '../../src/visibility/seen-change.js';

const change = (seq: number, siteId = '1'): SeenChange => ({
  seq,
  siteId,
  image: { id: `image-${seq}`, addresses: [] },
  visibility: { blocked: false, version: 1 },
  at: new Date(0),
});
const seqs = (changes: readonly SeenChange[] | null) => changes?.map(({ seq }) => seq);

describe('the changes in memory', () => {
  it('are those of one site, after a number, in order, and so many', () => {
    const feed = new ChangeFeed();
    feed.restart('e', 10);
    feed.append([change(11), change(12, '2'), change(15), change(16)], 20);
    expect(seqs(feed.after('1', 10, 10))).toEqual([11, 15, 16]);
    expect(seqs(feed.after('1', 11, 1))).toEqual([15]);
    expect(seqs(feed.after('1', 20, 10))).toEqual([]);
    expect(seqs(feed.after('2', 11, 10))).toEqual([12]);
    expect(feed.head).toBe(20);
  });

  it('are bounded: what is older is said to be missing, never to be nothing', () => {
    const feed = new ChangeFeed(3);
    feed.restart('e', 0);
    for (let seq = 1; seq <= 50; seq += 1) feed.append([change(seq, String(seq % 2))], seq);
    let first = 0;
    while (feed.after('1', first, 100) === null) first += 1;
    expect(first).toBeGreaterThan(40);
    expect(first).toBeLessThanOrEqual(47);
    const expected = Array.from({ length: 50 - first }, (_, n) => first + 1 + n).filter(
      (seq) => seq % 2 === 1,
    );
    expect(seqs(feed.after('1', first, 100))).toEqual(expected);
  });

  it('are bounded by their addresses as well: an image may have any number of them', () => {
    const feed = new ChangeFeed(1_000, 100);
    const large = (seq: number): SeenChange => ({
      ...change(seq),
      image: { id: 'large', addresses: Array.from({ length: 30 }, (_, n) => `https://a.ma/${n}.jpg`) },
    });
    feed.restart('e', 10, [large(1), large(2), large(3), large(4), large(5)], 0);
    expect(feed.after('1', 0, 10)).toBeNull();
    expect(seqs(feed.after('1', 4, 10))).toEqual([5]);
    for (let seq = 11; seq <= 20; seq += 1) {
      feed.append([large(seq)], seq);
      expect(seqs(feed.after('1', seq - 1, 10))).toEqual([seq]);
    }
    expect(feed.after('1', 16, 10)).toBeNull();
    feed.append(
      [change(21), { ...large(22), image: { addresses: Array.from({ length: 200 }, String) } }],
      22,
    );
    expect(feed.after('1', 21, 10)).toBeNull();
    expect(feed.after('1', 22, 10)).toEqual([]);
    feed.append([change(23)], 23);
    expect(seqs(feed.after('1', 22, 10))).toEqual([23]);
  });

  it('wake who waits for their site, and everybody at a new beginning', () => {
    const feed = new ChangeFeed();
    feed.restart('e', 0);
    const woken = { one: 0, two: 0 };
    const off = feed.onChange('1', () => (woken.one += 1));
    feed.onChange('2', () => (woken.two += 1));
    feed.append([change(1)], 1);
    expect(woken).toEqual({ one: 1, two: 0 });
    feed.restart('f', 1);
    expect(woken).toEqual({ one: 2, two: 1 });
    off();
    feed.append([change(2)], 2);
    expect(woken).toEqual({ one: 2, two: 1 });
  });
});

describe('the names of an image', () => {
  const [a, b] = ['https://a.ma/1.jpg', 'https://a.ma/2.jpg'];

  it('are its own address, or its id with an address that is still bound to it', () => {
    expect(namedImage({ keyKind: 'url', key: a, url: a, urls: [] })).toEqual({ url: a, addresses: [] });
    expect(namedImage({ keyKind: 'id', key: 'x', url: b, urls: [a, b] })).toEqual({
      url: b,
      id: 'x',
      addresses: [a, b],
    });
    expect(namedImage({ keyKind: 'id', key: 'x', url: b, urls: [a] })).toEqual({
      url: a,
      id: 'x',
      addresses: [a],
    });
    expect(namedImage({ keyKind: 'id', key: 'x', url: b, urls: [] })).toEqual({ id: 'x', addresses: [] });
  });
});
