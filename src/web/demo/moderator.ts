import type { ImageRef } from '../../contract/image-ref.js';

export type ModeratorAction = 'keep' | 'block' | 'undo';

/** What came of it; null: it could not be done, since something else was decided or nothing is there to undo. */
export type ModeratorAnswer = {
  readonly blocked: boolean;
  readonly decided: boolean;
  readonly undone: 'keep' | 'block' | 'escalate' | null;
} | null;

/** The demonstration's moderator decides on an image. @throws TypeError without an answer */
export async function decide(image: ImageRef, action: ModeratorAction): Promise<ModeratorAnswer> {
  const answer = await fetch('/demo/moderator', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ image, action }),
  });
  return answer.ok ? ((await answer.json()) as ModeratorAnswer) : null;
}
