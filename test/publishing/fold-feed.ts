/** What a follower of the feed ends up with: under each name of an image its highest version (invariant 7). */
export interface FeedItem {
  readonly image: { readonly url?: string; readonly id?: string; readonly addresses: readonly string[] };
  readonly blocked: boolean;
  readonly reason?: string;
  readonly version: number;
}

export class FoldedFeed {
  private readonly states = new Map<string, { blocked: boolean; reason: string; version: number }>();

  /** The same, apart from this one from now on. */
  copy(): FoldedFeed {
    const copy = new FoldedFeed();
    for (const [name, state] of this.states) copy.states.set(name, state);
    return copy;
  }

  take({ image, blocked, reason, version }: FeedItem): void {
    const names = [
      ...(image.id === undefined ? [] : [`id ${image.id}`]),
      ...new Set(
        [...(image.url === undefined ? [] : [image.url]), ...image.addresses].map((url) => `url ${url}`),
      ),
    ];
    for (const name of names) {
      const known = this.states.get(name);
      if (known === undefined || version > known.version)
        this.states.set(name, { blocked, reason: reason ?? '-', version });
    }
  }

  /** The names of blocked images with reason and version, in order. */
  get blocked(): string[] {
    return [...this.states]
      .filter(([, { blocked }]) => blocked)
      .map(([name, { reason, version }]) => `${name} ${reason} ${version}`)
      .sort();
  }
}

/** The same as the tables have it; for a query with the site's slug as $1. */
export const BLOCKED_NAMES = `
  with named as (
    select i.site_id, i.id, i.key_kind || ' ' || i.key as name from image i where i.merged_into is null
    union
    select a.site_id, a.image_id, 'url ' || a.url from address a
  )
  select n.name || ' ' || i.shown_reason || ' ' || i.version as line
  from named n
  join image i on i.site_id = n.site_id and i.id = n.id and i.blocked
  join site s on s.id = i.site_id and s.slug = $1`;
