import { Injectable } from '@nestjs/common';
import type { WhyNotActing, WhyUnmatched } from '../contract/matches.js';
import { Database } from '../database/database.js';
import {
  type MatchRow,
  readMatches,
  readShownPictures,
  type ShownPicturesRow,
} from '../database/statements/content/read-matches.js';
import { KnownPictures } from './known-pictures.js';

/** The nearest are shown. */
const MOST_MATCHES = 20;

/** Another image, and why ours is not blocked because of it; null: it is. */
export type FoundMatch = MatchRow & { readonly whyNot: WhyNotActing | null };

export interface FoundMatches {
  readonly matches: readonly FoundMatch[];
  /** Why nothing can be compared; null: something was. */
  readonly unmatched: WhyUnmatched | null;
}

/** What people said elsewhere on the site of the bytes that an image shows, and of near ones. */
@Injectable()
export class FindMatches {
  constructor(
    private readonly database: Database,
    private readonly known: KnownPictures,
  ) {}

  async of({
    siteId,
    imageId,
  }: {
    readonly siteId: string;
    readonly imageId: string;
  }): Promise<FoundMatches> {
    const shown = await readShownPictures(this.database, siteId, imageId);
    if (shown?.looked !== true) return { matches: [], unmatched: 'not-looked-at' };
    if (shown.indistinct !== null) return { matches: [], unmatched: shown.indistinct };
    const near = await this.known.near(siteId, imageId, shown.pictures);
    const rows = await readMatches(
      this.database,
      siteId,
      imageId,
      near.slice(0, 5 * MOST_MATCHES).map((picture) => picture.imageId),
      MOST_MATCHES,
    );
    return { matches: rows.map((row) => ({ ...row, whyNot: whyNot(row, shown) })), unmatched: null };
  }
}

function whyNot(match: MatchRow, shown: ShownPicturesRow): WhyNotActing | null {
  if (match.acting) return null;
  if (match.verdict === 'keep') return 'kept-there';
  if (shown.protected) return 'protected';
  if (shown.kept) return 'kept-here';
  if (!match.identical && shown.nearMatches === 'suggest') return 'only-near';
  return shown.follows ? 'follows-another' : 'not-yet';
}
