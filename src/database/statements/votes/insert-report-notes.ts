import type { Tx } from '../../tx.js';
import { timesOf, type VoteKey } from './cast-votes.js';

const statement = {
  name: 'insert-report-notes',
  text: `
    insert into report_note (site_id, image_id, round, reporter, digest, reason, comment, page_url, page_title,
                             claimed_url, at)
    select site_id, image_id, round, reporter, digest, reason, comment, page_url, page_title, claimed_url,
           least(at, $11::timestamptz)
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[], $5::bytea[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::text[], $12::timestamptz[])
         as n (site_id, image_id, round, reporter, digest, reason, comment, page_url, page_title, claimed_url, at)
    on conflict do nothing`,
};

/** What a report says beyond its reason. */
export interface ReportNote extends VoteKey {
  /** 16 bytes over what is said, so that a report repeated word for word is stored once. */
  readonly digest: Buffer;
  readonly reason: string;
  readonly comment: string | null;
  readonly pageUrl: string | null;
  readonly pageTitle: string | null;
  readonly claimedUrl: string | null;
  /** Where it was said before now. */
  readonly at?: Date;
}

export const insertReportNotes = (tx: Tx, notes: readonly ReportNote[], at: Date): void =>
  tx.send(statement, [
    notes.map(({ siteId }) => siteId),
    notes.map(({ imageId }) => imageId),
    notes.map(({ round }) => round),
    notes.map(({ reporter }) => reporter),
    notes.map(({ digest }) => digest),
    notes.map(({ reason }) => reason),
    notes.map(({ comment }) => comment),
    notes.map(({ pageUrl }) => pageUrl),
    notes.map(({ pageTitle }) => pageTitle),
    notes.map(({ claimedUrl }) => claimedUrl),
    at,
    timesOf(notes),
  ]);
