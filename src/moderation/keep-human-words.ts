import { type HumanWord, humanWord } from '../core/human-word.js';
import { saveHumanWords } from '../database/statements/content/save-content.js';
import type { Tx } from '../database/tx.js';
import { stageSpread } from './match-jobs.js';
import type { WorkingImage } from './working-image.js';

/**
 * Keeps with each content version what people say of it, and has blocks of people spread, and what followed them released.
 * Asks nothing for images of whose bytes nothing is known. The job finds what is so when it runs.
 */
export function keepHumanWords(tx: Tx, images: readonly WorkingImage[]): void {
  const words = images.flatMap(({ loaded: { row, state: before }, state }) => {
    if (state.content === null || state === before) return [];
    // Other bytes are judged by nobody yet; those that are back keep the word that was said of them.
    if (before.content !== null && before.content !== state.content) return [];
    if (before.content !== null && before.blocks === state.blocks && before.keptAt === state.keptAt)
      return [];
    const word = humanWord(state);
    const was = before.content === null ? NOT_A_WORD : humanWord(before);
    return word === null ? [] : [{ siteId: row.siteId, imageId: row.id, version: state.content, word, was }];
  });
  if (words.length === 0) return;
  saveHumanWords(tx, words);
  const spreading = words.filter(
    ({ word, was }) => blockOf(word) !== (was === null ? undefined : blockOf(was)),
  );
  stageSpread(
    tx,
    spreading.map(({ siteId, imageId }) => ({ site: siteId, image: imageId })),
  );
}

const NOT_A_WORD: HumanWord = { verdict: null, reason: null };

/** The reason for which a person blocks; null: nobody does. */
const blockOf = ({ verdict, reason }: HumanWord): string | null => (verdict === 'block' ? reason : null);
