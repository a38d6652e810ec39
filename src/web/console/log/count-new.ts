interface Named {
  readonly id: string;
}

/** How many of the latest entries came after those that are shown; `isMany`: perhaps more. */
export function countNew(
  shown: readonly Named[] | undefined,
  latest: readonly Named[] | undefined,
): { readonly newCount: number; readonly isMany: boolean } {
  if (shown === undefined || latest === undefined) return { newCount: 0, isMany: false };
  const known = new Set(shown.map(({ id }) => id));
  const first = latest.findIndex(({ id }) => known.has(id));
  if (first >= 0) return { newCount: first, isMany: false };
  // An answer from before the entries that are shown would have some of them, unless it is empty.
  return { newCount: latest.length, isMany: shown.length > 0 && latest.length > 0 };
}
