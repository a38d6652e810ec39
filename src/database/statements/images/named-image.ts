/** How an image is named to its site: by its key, and by every address that is bound to it. */
export interface NamedImageRow {
  readonly keyKind: 'url' | 'id';
  readonly key: string;
  /** The address that is shown of an image with an id. It may since have been bound to another. */
  readonly url: string | null;
  readonly urls: readonly string[];
}

/** The columns of a NamedImageRow; for a query that calls the table `i`. */
export const namedImageColumns = `i.key_kind as "keyKind", i.key, i.url,
           array(select a.url from address a where a.site_id = i.site_id and a.image_id = i.id order by a.url) as urls`;
