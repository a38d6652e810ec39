import { MINUTE } from '../reporter.js';
import type { Attack } from '../world.js';
import { freshDevice } from './people.js';
import { ATTACK_FROM } from './targets.js';

/**
 * Friends of bad pictures. Nobody can vote against a block: they send junk, all at once, so that what honest readers send looks
 * coordinated, too. When those come they see as little as anybody; they guess, within the first half hour.
 */
export const friends =
  ({ devices, networks, words }: { devices: number; networks: number; words: string | null }): Attack =>
  (world, chance) => {
    for (const { id, kind, publishedAt } of world.pictures) {
      if (kind !== 'bad' || publishedAt < ATTACK_FROM) continue;
      const from = publishedAt + chance.between(0, 30) * MINUTE;
      for (let number = 0; number < devices; number += 1) {
        const at = from + chance.between(0, 2) * MINUTE;
        const junk = freshDevice(`junk ${id} ${Math.floor(number / networks)}`, number % networks, at);
        world.planReport(at, id, junk, words);
      }
    }
  };
