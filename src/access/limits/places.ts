/** Places of a process that all sites share, and of which one site has only so many: it leaves the rest to the others. */
export class Places {
  private taken = 0;
  /** By the site's database id; sites that have none are not in it. */
  private readonly takenBy = new Map<string, number>();

  /**
   * @param most in all
   * @param mostOfSite of one site
   */
  constructor(
    private readonly most: number,
    private readonly mostOfSite: number,
  ) {}

  /** Takes a place for a site; returns what gives it back, to be called once, or null when there is none for it. */
  take(siteId: string): (() => void) | null {
    const ofSite = this.takenBy.get(siteId) ?? 0;
    if (this.taken >= this.most || ofSite >= this.mostOfSite) return null;
    this.taken += 1;
    this.takenBy.set(siteId, ofSite + 1);
    return () => this.giveBack(siteId);
  }

  private giveBack(siteId: string): void {
    this.taken -= 1;
    const left = (this.takenBy.get(siteId) ?? 0) - 1;
    if (left > 0) this.takenBy.set(siteId, left);
    else this.takenBy.delete(siteId);
  }
}
