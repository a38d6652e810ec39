/** A row that breaks an invariant. `imageId` is null where no image is concerned. */
export interface ReconcileProblem {
  readonly siteId: string;
  readonly imageId: string | null;
  /** What is wrong with it, in words. */
  readonly problem: string;
}

/** Rows of one check at most: who has more than these has seen enough. */
export const MOST_PROBLEMS = 1_000;
