/** What the panel must know of the site's rule to say what is true. Its page tells it, in a demonstration only. */
export interface ShownRule {
  /** `autoBlock`. */
  readonly automatic: boolean;
  /** K: so many people block a picture. */
  readonly enough: number;
  /** So many do after a moderator's keep, for `keepHours`. */
  readonly enoughAfterKeep: number;
  readonly keepHours: number;
}
