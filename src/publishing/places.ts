/**
 * Places of a process that all sites share, each of which holds a connection. One site leaves a tenth of them to the others, where there
 * are ten: a back end that makes a client for every page view would else keep the changes from all other sites.
 */
export class Places {
  private taken = 0;
  /** By the site's database id; sites that have none are not in it. */
  private readonly takenBy = new Map<string, number>();

  /** @param most in all */
  constructor(private readonly most: number) {}

  /** So many a site may have at most. */
  get mostOfSite(): number {
    return this.most - Math.floor(this.most / 10);
  }

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
