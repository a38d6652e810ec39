import { LruMap } from '../../src/access/lru-map.js';

describe('a map with a limit', () => {
  it('forgets what was used least recently', () => {
    const map = new LruMap<string, number>(3);
    for (const [at, key] of ['a', 'b', 'c'].entries()) map.set(key, at);
    map.get('a');
    map.set('d', 4);
    expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([0, undefined, 2, 4]);
    expect(map.size).toBe(3);
  });

  it('counts a key that is set again once, as just used', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 1);
    map.set('a', 2);
    map.set('c', 1);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([2, undefined, 1]);
  });

  it('forgets on request, one or all', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 1);
    map.delete('a');
    expect(map.size).toBe(1);
    map.clear();
    expect(map.get('b')).toBeUndefined();
  });
});
