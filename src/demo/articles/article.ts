/** Where an article stands on the front page. */
export const SECTIONS = ['local', 'society', 'economy', 'environment', 'culture', 'youth'] as const;
export type Section = (typeof SECTIONS)[number];

/** What an invented newspaper wrote; its headline and picture are those of the DemoPicture of the same slug. */
export interface Article {
  /** DemoPicture.slug */
  readonly slug: string;
  readonly section: Section;
  /** The invented newspaper that the aggregator quotes. */
  readonly source: string;
  readonly author: string;
  /** How long before a visit it was published. */
  readonly minutesAgo: number;
  /** One or two sentences under the headline, and on the front page. */
  readonly standfirst: string;
  readonly paragraphs: readonly string[];
  /** The place in the paragraphs' order before which a quotation stands. */
  readonly quotation?: { readonly before: number; readonly words: string; readonly by: string };
}
