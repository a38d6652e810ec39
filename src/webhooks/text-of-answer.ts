/** Code points of an answer that are kept. */
const KEPT = 1_000;

/** Whatever steers a screen instead of being read, such as NUL or the override of writing direction. */
const UNREADABLE = /[^\P{C}\n\t]/gu;

/** How an answer begins, as text that is safe to keep and to show; null when it says nothing. */
export function textOfAnswer(answer: Buffer): string | null {
  const text = answer.toString('utf8').replace(UNREADABLE, '\uFFFD').trim();
  return text === '' ? null : [...text].slice(0, KEPT).join('');
}
