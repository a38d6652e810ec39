import type { LeftContent } from '../command.js';
import { humanWord } from '../human-word.js';
import type { ImageState } from '../image-state.js';

/** What bytes that went were left with, under one rule: they may come back (docs/rules.md, rule 14). */
export class LeftBytes {
  private readonly left = new Map<string, LeftContent>();

  /**
   * The bytes of this state go, and others come.
   *
   * @returns what those bring with them; null: they were never here
   */
  leave(image: number, state: ImageState, to: number): LeftContent | null {
    const own = `${image}/${state.content ?? 0}`;
    const word = humanWord(state);
    const returning = this.left.get(`${image}/${to}`) ?? null;
    this.left.set(own, {
      blocks: state.blocks.filter(({ source }) => source === 'threshold' || source === 'moderator'),
      keptAt: state.keptAt,
      judged: word === null ? this.left.get(own)?.judged === true : word.verdict === 'block',
    });
    return returning;
  }
}
