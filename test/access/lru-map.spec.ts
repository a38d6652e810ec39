import fc from 'fast-check';
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

  it('holds what a map in order of use would hold, whatever is done to it', () => {
    const limit = 5;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('get', 'set', 'delete', 'clear'), fc.nat(9)), { maxLength: 60 }),
        (steps) => {
          const map = new LruMap<number, number>(limit);
          let order: [key: number, value: number][] = [];
          for (const [at, [step, key]] of steps.entries()) {
            const known = order.find(([other]) => other === key);
            const rest = order.filter(([other]) => other !== key);
            if (step === 'get') {
              expect(map.get(key)).toBe(known?.[1]);
              if (known !== undefined) order = [...rest, known];
            } else if (step === 'set') {
              map.set(key, at);
              order = [...rest, [key, at] as [number, number]].slice(-limit);
            } else if (step === 'delete') {
              map.delete(key);
              order = rest;
            } else {
              map.clear();
              order = [];
            }
            expect(map.size).toBe(order.length);
          }
          for (const [key, value] of order) expect(map.get(key)).toBe(value);
        },
      ),
    );
  });
});
