import type { Tx } from '../../tx.js';
import { JOBS_CHANNEL } from '../jobs/stage-jobs.js';

const matches = {
  name: 'stage-looks-for-matches',
  text: `
    with bell as materialized (select pg_notify('${JOBS_CHANNEL}', ''))
    insert into job (kind, lane, payload)
    select $1, 'match ' || s.id, jsonb_build_object('site', s.id::text, 'image', w.image_id::text)
    from bell, unnest($2::bigint[], $3::bigint[], $4::boolean[]) as w (site_id, image_id, free)
    join site s on s.id = w.site_id
    where w.free or s.near_matches = 'block'`,
};

const followers = {
  name: 'stage-look-at-followers',
  text: `
    with bell as materialized (select pg_notify('${JOBS_CHANNEL}', ''))
    insert into job (kind, lane, payload)
    select $1, 'spread ' || $2::bigint, jsonb_build_object('site', $2::bigint::text, 'image', $3::bigint::text)
    from bell
    where exists (select from block b where b.site_id = $2 and b.source = 'match' and b.ref = $3::bigint::text)`,
};

/** An image that may follow another from now on. */
export interface Follower {
  readonly siteId: string;
  readonly imageId: string;
  /** It was kept, protected or blocked by a person until now. False: its bytes are new, so only near ones are left to find. */
  readonly free: boolean;
}

/** Has images looked at as ones that may follow others; where only near ones can be found, those of sites that block them. */
export const insertMatchLooks = (tx: Tx, kind: string, images: readonly Follower[]): void =>
  tx.send(matches, [
    kind,
    images.map(({ siteId }) => siteId),
    images.map(({ imageId }) => imageId),
    images.map(({ free }) => free),
  ]);

/** Has an image looked at as one that others follow, if any do. */
export const insertLookAtFollowers = (tx: Tx, kind: string, siteId: string, imageId: string): void =>
  tx.send(followers, [kind, siteId, imageId]);
