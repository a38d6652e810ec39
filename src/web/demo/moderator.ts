import type { ImageRef } from '../../contract/image-ref.js';

export type ModeratorAction = 'keep' | 'block' | 'undo';

/** What came of it. */
export interface ModeratorAnswer {
  readonly blocked: boolean;
  readonly decided: boolean;
  readonly undone: 'keep' | 'block' | 'escalate' | null;
}

/** Why nothing came of it; `failed`: for whatever else. */
export type Refused = {
  readonly refused: 'nothing-to-undo' | 'answered-since' | 'no-administrator' | 'not-from-here' | 'failed';
};

/** The demonstration's moderator decides on an image. @throws TypeError without an answer */
export async function decide(image: ImageRef, action: ModeratorAction): Promise<ModeratorAnswer | Refused> {
  const answer = await fetch('/demo/moderator', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ image, action }),
  });
  if (answer.ok) return (await answer.json()) as ModeratorAnswer;
  if (answer.status === 403) return { refused: 'not-from-here' };
  if (answer.status !== 409) return { refused: 'failed' };
  const { why } = (await answer.json()) as { readonly why?: unknown };
  switch (why) {
    case 'nothing-to-undo':
    case 'answered-since':
    case 'no-administrator':
      return { refused: why };
    default:
      return { refused: 'failed' };
  }
}
