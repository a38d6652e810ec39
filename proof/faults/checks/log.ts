import { DataSource } from 'typeorm';
import { reconcile } from '../../../src/cli/reconcile.js';
import { dataSourceOptions } from '../../../src/database/data-source.js';
import { Database } from '../../../src/database/database.js';
import { type Check, violating } from './check.js';

/** I3 and all else that the service's own command proves. */
export const reconciles: Check = {
  name: 'I3: `reconcile` finds nothing',
  async find({ installation }) {
    const dataSource = await new DataSource(dataSourceOptions(installation.postgres.url, 2)).initialize();
    try {
      const checks = await reconcile(new Database(dataSource));
      return checks.flatMap(({ name, problems }) =>
        problems.map((problem) => `I3: it does not hold that ${name}: ${JSON.stringify(problem)}`),
      );
    } finally {
      await dataSource.destroy();
    }
  },
};

export const oneBlockForACrossing: Check = {
  name: 'I4: one block by the rule at a time',
  find: violating<{ image: string; n: string }>(
    `select image_id as image, count(*) as n from block where source = 'threshold'
     group by site_id, image_id having count(*) > 1`,
    ({ image, n }) => `I4: image ${image} has ${n} blocks by the rule`,
  ),
};

export const ruleBlocksAwaitReview: Check = {
  name: 'I5: what a rule blocks awaits a person',
  find: violating<{ image: string }>(
    `select b.image_id as image
     from block b
     left join moderation_case c
       on c.site_id = b.site_id and c.image_id = b.image_id and c.status in ('open', 'escalated')
     where b.source in ('threshold') and c.id is null`,
    ({ image }) => `I5: image ${image} is blocked by the rule, and no case of it is open`,
  ),
};

/** A match follows a person, under whatever rule. Of images that were merged the version jumps above both (docs/adr/0004); of those `reconcile` knows what must hold. */
export const versionsRiseByOne: Check = {
  name: 'I6: each change of what is seen has one event and raises the version by one',
  find: violating<{ image: string; problem: string }>(
    `with alone as (
       select i.* from image i
       where i.merged_into is null
         and not exists (select from image o where o.site_id = i.site_id and o.merged_into = i.id)
         and not exists (select from event e
                         where e.site_id = i.site_id and e.image_id = i.id and e.type = 'addresses.bound')
     ), seen as (
       select e.image_id, e.seq, e.type, e.actor_kind, e.rule_version, e.data ->> 'source' as source, (e.visibility ->> 'version')::int as version,
              lag((e.visibility ->> 'version')::int, 1, 0) over w as before,
              (e.visibility ->> 'blocked', e.visibility ->> 'reason')
                is distinct from (lag(e.visibility ->> 'blocked', 1, 'false') over w, lag(e.visibility ->> 'reason') over w)
                as changed
       from event e join alone a on a.site_id = e.site_id and a.id = e.image_id
       where e.visibility is not null
       window w as (partition by e.image_id order by e.seq)
     )
     select image_id as image, format('event %s (%s) goes from version %s to %s', seq, type, before, version) as problem
     from seen where version <> before + changed::int
     union all
     select image_id, format('event %s (%s) is by a rule, and does not say which', seq, type)
     from seen where actor_kind = 'rule' and rule_version is null and source is distinct from 'match'
     union all
     select a.id, format('it is at version %s, and %s events changed what is seen', a.version, count(s.seq))
     from alone a left join seen s on s.image_id = a.id and s.changed
     group by a.id, a.version having count(s.seq) <> a.version`,
    ({ image, problem }) => `I6: image ${image}: ${problem}`,
  ),
};
