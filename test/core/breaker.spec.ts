import fc from 'fast-check';
import { limitOf, roomIn, withOneMore } from '../../src/core/breaker.js';

describe('what an hour lets through', () => {
  test.each([
    { name: 'a site of which nothing is known', perHour: 20, factor: 4, usual: null, limit: 20 },
    { name: 'a quiet site', perHour: 20, factor: 4, usual: 0.3, limit: 20 },
    { name: 'a busy one: four times what is usual', perHour: 20, factor: 4, usual: 7, limit: 28 },
    { name: 'in whole blocks', perHour: 20, factor: 4, usual: 5.4, limit: 21 },
    { name: 'a site that wants none but what is usual', perHour: 0, factor: 1, usual: 2.9, limit: 2 },
  ])('$name', ({ perHour, factor, usual, limit }) => {
    const baseline = usual === null ? null : { blocksPerHour: usual };
    expect(limitOf({ breaker: { perHour, factor } }, baseline)).toBe(limit);
  });

  test('a rule without a breaker lets any number through', () => {
    expect(limitOf({ breaker: null }, { blocksPerHour: 100 })).toBeNull();
  });
});

test('the room of an hour is spent one by one, and is never less than nothing', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(80), fc.nat(80), (limit, before, crossings) => {
      let room = roomIn(limit, before);
      let passed = 0;
      for (let n = 0; n < crossings; n += 1) {
        if (room.left === 0) break;
        room = withOneMore(room);
        passed += 1;
      }
      expect(passed).toBe(Math.min(crossings, Math.max(0, limit - before)));
      expect(room.left).toBeGreaterThanOrEqual(0);
      expect(room.blocksInHour).toBe(before + passed);
    }),
  );
});
