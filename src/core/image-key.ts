/** What an image is known by on its site: the site's own id where it gives one, else its canonical URL. */
export interface ImageKey {
  readonly kind: 'url' | 'id';
  readonly key: string;
}
