import type { LeftOutCause } from '../../../core/left-out.js';
import type { ReasonSet } from '../../../core/tally.js';
import type { Tx } from '../../tx.js';
import type { VoterNetworks } from '../../voter-networks.js';
import { stoodWhenBlocked } from './rule-blocks.js';

export interface VoteKey {
  readonly siteId: string;
  readonly imageId: string;
  readonly round: number;
  readonly reporter: Buffer;
}

export interface NewVote extends VoteKey {
  readonly reporterKind: 'device' | 'account' | 'named';
  readonly reasons: ReasonSet;
  /** Null: network caps do not hold for it. */
  readonly networks: VoterNetworks | null;
  /** For how many minutes its reporter had been known; null: nobody can say. */
  readonly ageMinutes: number | null;
  /** Null: it counts. */
  readonly leftOut: LeftOutCause | null;
  /** Where it was cast before now. */
  readonly at?: Date;
  /** Another system recorded it before the window: it takes nothing of a budget. */
  readonly archived?: true;
}

/** A vote that stands already. */
export interface StandingVote extends VoteKey {
  readonly reasons: ReasonSet;
  readonly networks: VoterNetworks | null;
  readonly leftOut: LeftOutCause | null;
  /** The account whose vote this device's became. */
  readonly linkedTo: Buffer | null;
  readonly withdrawnAt: Date | null;
  readonly at: Date;
  /** As of a new one; null: not of an archive. */
  readonly archived: true | null;
  /** By this transaction. */
  readonly castHere: boolean;
}

// Arrays of arrays can not be unnested row by row, so a set of reasons travels as one text.
const insert = {
  name: 'insert-votes',
  text: `
    insert into vote (site_id, image_id, round, reporter, reporter_kind, reasons, at, said_at,
                      left_out, network, wide_network, minted_network, age_minutes, archived)
    select site_id, image_id, round, reporter, kind, string_to_array(reasons, '+'), least(at, $7::timestamptz),
           case when at < $7::timestamptz then $7::timestamptz end, left_out, narrow, wide, minted, age, archived
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[], $5::text[], $6::text[], $8::timestamptz[],
                $9::text[], $10::bytea[], $11::bytea[], $12::bytea[], $13::smallint[], $14::boolean[])
         as v (site_id, image_id, round, reporter, kind, reasons, at, left_out, narrow, wide, minted, age, archived)
    on conflict do nothing`,
};

const standing = {
  name: 'load-votes',
  text: `
    select v.site_id as "siteId", v.image_id as "imageId", v.round, v.reporter, v.reasons,
           v.network as narrow, v.wide_network as wide, v.minted_network as minted, v.left_out as "leftOut",
           v.linked_to as "linkedTo", v.withdrawn_at as "withdrawnAt", v.at, v.archived,
           v.xmin = pg_current_xact_id()::xid as "castHere"
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[]) as w (site_id, image_id, round, reporter)
    join vote v on v.site_id = w.site_id and v.image_id = w.image_id and v.round = w.round
                and v.reporter = w.reporter`,
};

const update = {
  name: 'update-votes',
  // The time of a vote (at), where it is cast again or gains a reason:
  // - One that stands keeps its time: a reason more makes it no younger.
  // - One that was withdrawn is cast now.
  // - Unless it stood when the rule blocked: then it keeps its time, too.
  // When it last said something to the rules (said_at) is now, but for a vote that is left out and gains a reason: the rules do not
  // hear that.
  // One of an archive that its reader reports now, or casts again, is of none any more, and takes of the budget as others do.
  text: `
    update vote v
    set reasons = string_to_array(w.reasons, '+'),
        at = case when v.withdrawn_at is null or ${stoodWhenBlocked('v')} then v.at else $6::timestamptz end,
        said_at = case when v.withdrawn_at is null and v.left_out is not null then v.said_at else $6::timestamptz end,
        archived = w.archived,
        withdrawn_at = null
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[], $5::text[], $7::boolean[])
         as w (site_id, image_id, round, reporter, reasons, archived)
    where v.site_id = w.site_id and v.image_id = w.image_id and v.round = w.round and v.reporter = w.reporter`,
};

const withdraw = {
  name: 'withdraw-votes',
  text: `
    update vote v
    set withdrawn_at = clock_timestamp()
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[]) as w (site_id, image_id, round, reporter)
    where v.site_id = w.site_id and v.image_id = w.image_id and v.round = w.round and v.reporter = w.reporter
      and v.withdrawn_at is null`,
};

const spend = {
  name: 'spend-severe-budget',
  text: `
    update vote v
    set severe_at = clock_timestamp()
    from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[]) as w (site_id, image_id, round, reporter)
    where v.site_id = w.site_id and v.image_id = w.image_id and v.round = w.round and v.reporter = w.reporter`,
};

const keys = (votes: readonly VoteKey[]): unknown[] => [
  votes.map(({ siteId }) => siteId),
  votes.map(({ imageId }) => imageId),
  votes.map(({ round }) => round),
  votes.map(({ reporter }) => reporter),
];
const reasonTexts = (votes: readonly { reasons: ReasonSet }[]): string[] =>
  votes.map(({ reasons }) => reasons.join('+'));

/** None where all are of now: `unnest` fills a shorter list with nulls, and the hot path sends nothing. */
export const timesOf = (of: readonly { readonly at?: Date }[]): (Date | null)[] =>
  of.some(({ at }) => at !== undefined) ? of.map(({ at }) => at ?? null) : [];

/** None where all are null, as for times. */
const unlessAllNull = <Value>(values: readonly (Value | null)[]): readonly (Value | null)[] =>
  values.every((value) => value === null) ? [] : values;

/** None where network caps hold for no vote. */
function cappedBy(votes: readonly NewVote[]): unknown[] {
  if (votes.every(({ networks }) => networks === null)) return [[], [], []];
  return [
    votes.map(({ networks }) => networks?.narrow ?? null),
    votes.map(({ networks }) => networks?.wide ?? null),
    votes.map(({ networks }) => networks?.minted ?? null),
  ];
}

const inserted = (votes: readonly NewVote[], at: Date): unknown[] => [
  ...keys(votes),
  votes.map(({ reporterKind }) => reporterKind),
  reasonTexts(votes),
  at,
  timesOf(votes),
  unlessAllNull(votes.map(({ leftOut }) => leftOut)),
  ...cappedBy(votes),
  unlessAllNull(votes.map(({ ageMinutes }) => ageMinutes)),
  unlessAllNull(votes.map(({ archived }) => archived ?? null)),
];

/**
 * Inserts votes and says how many are new; the others stand already. Each key at most once in `votes`.
 * @param at the time at which the rules judge them, so that a vote is never younger than the block it made
 */
export const insertVotes = (tx: Tx, votes: readonly NewVote[], at: Date): Promise<number> =>
  tx.count(insert, inserted(votes, at));

/** The same for votes on images that this transaction makes: all are new. */
export const insertFirstVotes = (tx: Tx, votes: readonly NewVote[], at: Date): void =>
  tx.send(insert, inserted(votes, at));

type StandingRow = Omit<StandingVote, 'networks'> & {
  readonly [network in keyof VoterNetworks]: Buffer | null;
};

export async function loadVotes(tx: Tx, votes: readonly VoteKey[]): Promise<StandingVote[]> {
  const rows = await tx.query<StandingRow>(standing, keys(votes));
  return rows.map(({ narrow, wide, minted, ...vote }) => ({
    ...vote,
    networks: narrow === null || wide === null ? null : { narrow, wide, minted },
  }));
}

/** Gives standing votes these reasons; a withdrawn one stands again. */
export const updateVotes = (
  tx: Tx,
  votes: readonly (VoteKey & Pick<StandingVote, 'reasons' | 'archived'>)[],
  at: Date,
): void =>
  tx.send(update, [
    ...keys(votes),
    reasonTexts(votes),
    at,
    unlessAllNull(votes.map(({ archived }) => archived)),
  ]);

export const withdrawVotes = (tx: Tx, votes: readonly VoteKey[]): void => tx.send(withdraw, keys(votes));

/** Notes that these votes blocked alone (docs/rules.md, rule 6). */
export const spendSevereBudget = (tx: Tx, votes: readonly VoteKey[]): void => tx.send(spend, keys(votes));
