import { Injectable } from '@nestjs/common';
import type { StaffCaller } from '../access/caller.js';
import { Sealed } from '../access/sealing/sealed.js';
import { SiteOf } from '../access/sites/site-of.js';
import type { ImageHistory, RoundView } from '../contract/image-history.js';
import type { ImagesQuery } from '../contract/images.js';
import { invalid, notFound } from '../core/errors.js';
import { reporters, reportersByReason } from '../core/tally.js';
import { Database } from '../database/database.js';
import { findImages } from '../database/statements/images/find-images.js';
import type { ListedImageRow } from '../database/statements/images/image-row.js';
import {
  type ImageHistoryRow,
  readImage,
  readImageHistory,
} from '../database/statements/images/read-image.js';
import { FindMatches } from '../images/find-matches.js';
import { addressKey, keysOf, ownIdKey } from '../moderation/wanted-key.js';
import { isLead } from './find-case.js';
import { FindImage } from './find-image.js';
import { iso, Views } from './views.js';

/** Does the question name one image, rather than ask for a list? */
export const namesImage = ({ url, id, image }: ImagesQuery): boolean =>
  url != null || id != null || image != null;

/** One image with all that is known of it. */
@Injectable()
export class ShowImage {
  constructor(
    private readonly database: Database,
    private readonly siteOf: SiteOf,
    private readonly sealed: Sealed,
    private readonly views: Views,
    private readonly images: FindImage,
    private readonly findMatches: FindMatches,
  ) {}

  /** @throws VigieError INVALID; NOT_FOUND for an image that nobody reported or that belongs to others */
  async show(caller: StaffCaller, query: ImagesQuery): Promise<ImageHistory> {
    const row = await this.find(caller, query);
    const [history, { matches, unmatched }] = await Promise.all([
      readImageHistory(this.database, row),
      this.findMatches.of({ siteId: row.siteId, imageId: row.id }),
    ]);
    const lead = isLead(caller, row.siteId);
    return {
      ...this.views.listedImage(row, caller),
      blocks: history.blocks.map((block) => ({
        source: block.source,
        reason: block.reason,
        note: block.note,
        since: iso(block.since),
        decision: block.source === 'moderator' ? this.sealed.id('dec', block.ref) : null,
        match: block.source === 'match' ? { image: this.sealed.id('img', block.ref) } : null,
        evidence:
          block.evidence === null || block.ruleVersion === null
            ? null
            : this.views.evidence({
                evidence: block.evidence,
                ruleVersion: block.ruleVersion,
                at: new Date(block.since),
                standing: true,
                firstReportAt: block.firstReportAt === null ? null : new Date(block.firstReportAt),
              }),
      })),
      rounds: roundsOf(history.votes, row.round),
      addresses: history.addresses.map(({ url, boundBy, boundAt }) => ({
        url,
        boundBy,
        boundAt: iso(boundAt),
      })),
      contents: history.contents.map(({ beganAt, leftAt, encodings, ...content }) => ({
        ...content,
        beganAt: iso(beganAt),
        leftAt: leftAt === null ? null : iso(leftAt),
        encodings: encodings.map(({ firstSeenAt, ...encoding }) => ({
          ...encoding,
          firstSeenAt: iso(firstSeenAt),
        })),
      })),
      cases: history.cases
        .filter(({ status }) => status !== 'escalated' || lead)
        .map(({ id, status, outcome, round, openedAt, closedAt }) => ({
          id: this.sealed.id('case', id),
          status,
          outcome,
          round,
          openedAt: iso(openedAt),
          closedAt: closedAt === null ? null : iso(closedAt),
        })),
      matches: matches.map((match) => this.views.match(match)),
      unmatched,
      followers: history.followers,
    };
  }

  private async find(caller: StaffCaller, query: ImagesQuery): Promise<ListedImageRow> {
    const { url, id, image } = query;
    if ([url, id, image].filter((name) => name != null).length > 1) {
      throw invalid('', 'Name the image once: by "url", by "id" or by "image".');
    }
    if (image != null) return this.images.byImageId(caller, image);
    const site = await this.siteOf.siteFor(caller, query.site ?? undefined, 'moderator');
    const keys =
      url == null ? [ownIdKey(site.id, id ?? '', false)] : keysOf(addressKey(site, url, '/url', false));
    const known = await findImages(
      this.database,
      keys.map(({ hash }) => hash),
    );
    const [found] = known.sort((a, b) => a.n - b.n);
    const row = found === undefined ? undefined : await readImage(this.database, [site.id], found.imageId);
    if (row === undefined) throw notFound('image');
    return row;
  }
}

/** The rounds that have votes, and the one that is being counted. */
function roundsOf(votes: ImageHistoryRow['votes'], current: number): RoundView[] {
  const rounds = [...new Set([...votes.map(({ round }) => round), current])].sort((a, b) => a - b);
  return rounds.map((round) => {
    const of = votes.filter((group) => group.round === round);
    const tally = Object.fromEntries(
      of.filter(({ counted }) => counted).map((group) => [group.reasons, group.votes]),
    );
    const notCounted = of.filter(({ counted }) => !counted);
    return {
      round,
      reporters: reporters(tally),
      notCounted: notCounted.reduce((sum, group) => sum + group.votes, 0),
      reasons: reportersByReason(tally),
    };
  });
}
