import type { Tx } from '../../tx.js';

const statement = {
  name: 'read-votes-of-readers',
  // By vote_reporter, whose condition it repeats.
  text: `
    select v.image_id as "imageId", v.round, i.url, i.key_kind as "keyKind", i.key, v.reporter_kind as kind, v.reasons, v.at,
           v.withdrawn_at as "withdrawnAt", v.left_out as "leftOut", v.network is not null as "fromNetwork",
           v.age_minutes as "knownForMinutes",
           coalesce((select jsonb_agg(jsonb_build_object('reason', n.reason, 'comment', n.comment, 'pageUrl', n.page_url,
                              'pageTitle', n.page_title, 'claimedUrl', n.claimed_url, 'at', n.at) order by n.at)
                     from report_note n
                     where n.site_id = v.site_id and n.image_id = v.image_id and n.round = v.round
                       and n.reporter = v.reporter), '[]') as notes
    from vote v
    join image i on i.site_id = v.site_id and i.id = v.image_id
    where v.reporter = any ($2::bytea[]) and v.reporter_kind in ('device', 'account', 'named') and v.site_id = $1
      and v.forgotten_at is null
    order by v.at, v.image_id, v.round`,
};

const verdicts = {
  name: 'read-verdicts-of-readers',
  text: `
    select r.valid, r.at
    from reporter_verdict r
    where r.site_id = $1 and r.reporter = any ($2::bytea[])
    order by r.at`,
};

const mutes = {
  name: 'read-mutes-of-readers',
  text: `
    select m.cause, m.at, m.until
    from muted_reporter m
    where m.site_id = $1 and m.reporter = any ($2::bytea[])
    order by m.at`,
};

/** A vote, with what was written beside it. */
export interface ReaderVoteRow {
  readonly imageId: string;
  readonly round: number;
  readonly url: string | null;
  readonly keyKind: 'url' | 'id';
  readonly key: string;
  readonly kind: 'device' | 'account' | 'named';
  readonly reasons: readonly string[];
  readonly at: Date;
  readonly withdrawnAt: Date | null;
  readonly leftOut: string | null;
  /** Whether pseudonyms of networks are kept beside it. */
  readonly fromNetwork: boolean;
  readonly knownForMinutes: number | null;
  readonly notes: readonly Readonly<Record<string, string | null>>[];
}

/** All that is stored of a person. */
export interface ReaderRows {
  readonly votes: readonly ReaderVoteRow[];
  readonly verdicts: readonly { readonly valid: boolean; readonly at: Date }[];
  readonly mutes: readonly {
    readonly cause: 'staff' | 'rule';
    readonly at: Date;
    readonly until: Date | null;
  }[];
}

/** What is stored of a person under these hashes, all of one moment. */
export async function readReader(tx: Tx, siteId: string, hashes: readonly Buffer[]): Promise<ReaderRows> {
  const values = [siteId, hashes];
  return {
    votes: await tx.query<ReaderVoteRow>(statement, values),
    verdicts: await tx.query(verdicts, values),
    mutes: await tx.query(mutes, values),
  };
}
