import type { BlockView } from '../../../contract/image-history.js';

export type ImageAction = 'block' | 'unblock' | 'protect' | 'unprotect';

/** What an action takes away and what it leaves, by source. */
export interface Effect {
  readonly lifted: readonly BlockView[];
  readonly stays: readonly BlockView[];
  /** Whether readers see it afterwards. */
  readonly isShownAfter: boolean;
}

/** What goes by each action (docs/rules.md, rules 10 and 12): the publisher's own block is theirs alone. */
const LIFTS: Readonly<Record<ImageAction, readonly string[]>> = {
  block: ['moderator', 'threshold', 'match'],
  unblock: ['moderator', 'threshold', 'match'],
  protect: ['threshold', 'match'],
  unprotect: [],
};

export function effectOf(action: ImageAction, blocks: readonly BlockView[]): Effect {
  const lifted = blocks.filter(({ source }) => LIFTS[action].includes(source));
  const stays = blocks.filter((block) => !lifted.includes(block));
  return { lifted, stays, isShownAfter: action !== 'block' && stays.length === 0 };
}

/** Which actions change anything for an image, or for one that nobody ever reported (null). */
export function possible(
  image: { readonly blocks: readonly BlockView[]; readonly protected: boolean } | null,
): readonly ImageAction[] {
  if (image === null) return ['block', 'protect'];
  return [
    'block',
    ...(effectOf('unblock', image.blocks).lifted.length > 0 ? (['unblock'] as const) : []),
    image.protected ? 'unprotect' : 'protect',
  ];
}
