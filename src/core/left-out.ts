/** Why a vote is stored and shown to moderators, and not counted. */
export const LEFT_OUT_CAUSES = [
  /** Its reporter is muted. */
  'muted',
  /** Its reporter has as many counted votes on undecided cases as may count. */
  'budget',
  /** Its narrow network, or the one in which its device was minted, has as many counted votes as may count. */
  'network',
  /** Its wide network has K - 1. */
  'wide-network',
  /** A device's vote that became its account's: that person's vote is the account's. */
  'linked',
] as const;

export type LeftOutCause = (typeof LEFT_OUT_CAUSES)[number];

/** Votes of a round that stand and are not counted, by cause. A cause without votes is left away. */
export type LeftOut = Readonly<Partial<Record<LeftOutCause, number>>>;

/** A vote that begins to stand without being counted (`from` null), ceases to, or is left out for another cause. */
export interface LeftOutChange {
  readonly from: LeftOutCause | null;
  readonly to: LeftOutCause | null;
}

export const NONE_LEFT_OUT: LeftOut = {};

/** What is left out after the changes; the same object when nothing changes. */
export function applyLeftOut(leftOut: LeftOut, changes: readonly LeftOutChange[]): LeftOut {
  const moved = changes.filter(({ from, to }) => from !== to);
  if (moved.length === 0) return leftOut;
  const counts: Record<LeftOutCause, number> = {
    muted: leftOut.muted ?? 0,
    budget: leftOut.budget ?? 0,
    network: leftOut.network ?? 0,
    'wide-network': leftOut['wide-network'] ?? 0,
    linked: leftOut.linked ?? 0,
  };
  for (const { from, to } of moved) {
    if (from !== null) counts[from] -= 1;
    if (to !== null) counts[to] += 1;
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/** People who spoke and are not counted. Whose vote became their account's is heard there. */
export const peopleLeftOut = ({ linked: _, ...people }: LeftOut): number =>
  Object.values(people).reduce((total, count) => total + count, 0);
