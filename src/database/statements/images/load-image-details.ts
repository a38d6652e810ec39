import type {
  BlockSource,
  CaseFlag,
  CaseHold,
  CaseOutcome,
  CaseStatus,
  Evidence,
} from '../../../core/image-state.js';
import type { Policy } from '../../../core/reasons.js';
import type { Tx } from '../../tx.js';

const blocks = {
  name: 'load-blocks',
  text: `
    select b.image_id as "imageId", b.source, b.ref, b.reason, b.note, b.since,
           b.rule_version as "ruleVersion", b.evidence
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    join block b on b.site_id = w.site_id and b.image_id = w.id
    order by b.since`,
};

const cases = {
  name: 'load-cases',
  // The case that awaits a decision, and the current round's.
  text: `
    select c.image_id as "imageId", c.id, c.round, c.status, c.held, c.hold, c.severe, c.flags, c.priority, c.version, c.outcome,
           c.overdue_for as "overdueFor", c.lifted_at as "liftedAt",
           c.opened_at as "openedAt", c.waiting_since as "waitingSince",
           c.lease_holder as "leaseHolder", encode(c.lease_token, 'hex') as "leaseToken",
           coalesce(c.lease_expires_at > clock_timestamp(), false) as "leaseLive"
    from unnest($1::bigint[], $2::bigint[], $3::int[]) as w (site_id, id, round)
    join moderation_case c on c.site_id = w.site_id and c.image_id = w.id
    where c.status <> 'closed' or c.round = w.round`,
};

const lock = {
  name: 'lock-cases',
  // For decisions and undos: nobody claims the case between our look at its lease and our commit.
  text: `
    select c.id
    from unnest($1::bigint[], $2::bigint[]) as w (site_id, id)
    join moderation_case c on c.site_id = w.site_id and c.image_id = w.id
    order by c.id
    for update of c`,
};

const one = {
  name: 'load-case',
  text: cases.text.replace(`where c.status <> 'closed' or c.round = w.round`, 'where c.id = $4'),
};

export interface BlockRow {
  readonly imageId: string;
  readonly source: BlockSource;
  readonly ref: string;
  readonly reason: Policy;
  readonly note: string | null;
  readonly since: Date;
  readonly ruleVersion: number | null;
  readonly evidence: Evidence | null;
}

export interface CaseRow {
  readonly imageId: string;
  readonly id: string;
  readonly round: number;
  readonly status: CaseStatus;
  readonly held: boolean;
  readonly hold: CaseHold | null;
  readonly severe: boolean;
  readonly flags: readonly CaseFlag[];
  readonly priority: number;
  readonly openedAt: Date;
  /** Null: since it was opened. */
  readonly waitingSince: Date | null;
  readonly version: number;
  readonly outcome: CaseOutcome | null;
  readonly overdueFor: Date | null;
  readonly liftedAt: Date | null;
  readonly leaseHolder: string | null;
  readonly leaseToken: string | null;
  readonly leaseLive: boolean;
}

type Images = readonly { readonly siteId: string; readonly id: string; readonly round: number }[];
const sites = (images: Images): string[] => images.map(({ siteId }) => siteId);
const ids = (images: Images): string[] => images.map(({ id }) => id);
const rounds = (images: Images): number[] => images.map(({ round }) => round);

export const loadBlocks = (tx: Tx, images: Images): Promise<BlockRow[]> =>
  tx.query(blocks, [sites(images), ids(images)]);

export const loadCases = (tx: Tx, images: Images): Promise<CaseRow[]> =>
  tx.query(cases, [sites(images), ids(images), rounds(images)]);

/** Locks all cases of these images, in id order, after the images. */
export const lockCases = (
  tx: Tx,
  images: readonly { readonly siteId: string; readonly imageId: string }[],
): void => tx.send(lock, [images.map(({ siteId }) => siteId), images.map(({ imageId }) => imageId)]);

/** One case of one of these images, whatever its round. */
export const loadCase = (tx: Tx, images: Images, caseId: string): Promise<CaseRow[]> =>
  tx.query(one, [sites(images), ids(images), rounds(images), caseId]);
