import { Sealed } from '../../../src/access/sealing/sealed.js';
import { MESSAGE_OF } from '../../../src/webhooks/message-of-event.js';
import { SECRET } from '../../../test/setup/process.js';
import { until } from '../../../test/setup/until.js';
import type { Hook } from '../hooks.js';
import { type Check, inTime, type Scene, violating } from './check.js';

const sealed = new Sealed(Buffer.from(SECRET));

/** An address that was bound makes a message where its image was ever blocked (message-of-event.ts). */
const MISSING = `
  select e.seq, e.type, w.id as endpoint
  from event e
  join webhook_endpoint w on w.site_id = e.site_id and e.seq > w.after_seq
  left join webhook_message m on m.endpoint_id = w.id and m.event_seq = e.seq
  where e.type = any ($1) and m.id is null
    and (e.type <> 'addresses.bound' or (e.visibility ->> 'version')::int > 0)`;

interface Seen {
  readonly name: string;
  readonly blocked: boolean;
  readonly version: number;
  /** It is several, which became one because of their bytes. */
  readonly joined: boolean;
}

/** By their keys, and by the addresses that only the service joined to them. */
const IMAGES = `
  with named as (
    select site_id, id, key_kind || ' ' || key as name from image where merged_into is null
    union
    select site_id, image_id, 'url ' || url from address where bound_by = 'bytes')
  select n.name, i.blocked, i.version,
         exists (select from address a
                 where a.site_id = i.site_id and a.image_id = i.id and a.bound_by = 'bytes') as joined
  from named n join image i on i.site_id = n.site_id and i.id = n.id
  where i.site_id = $1 and i.version > 0`;

/** I4: each event has its message for each endpoint, and whoever was told that it was delivered has it. */
export const messagesAreThere: Check = {
  name: 'I4: one message for each event and endpoint; what is delivered was received, signed, and folds to the table',
  async find(scene) {
    const { client, hooks } = scene;
    const fannedOut = await inTime(() =>
      until(
        async () =>
          (
            await client.query(
              'select from webhook_cursor where seq = (select coalesce(max(seq), 0) from event)',
            )
          ).rowCount === 1,
        () => 'the log to be made into messages',
      ),
    );
    const types = [...new Set(MESSAGE_OF.map(([event]) => event))];
    const missing = violating<{ seq: string; type: string; endpoint: string }>(
      MISSING,
      ({ seq, type, endpoint }) => `I4: event ${seq} (${type}) has no message for endpoint ${endpoint}`,
      [types],
    );
    const twice = violating<{ seq: string; endpoint: string; n: string }>(
      `select event_seq as seq, endpoint_id as endpoint, count(*) as n from webhook_message
       where event_seq is not null group by 1, 2 having count(*) > 1`,
      ({ seq, endpoint, n }) => `I4: event ${seq} has ${n} messages for endpoint ${endpoint}`,
    );
    const found = [
      ...fannedOut.map((what) => `I4: ${what}`),
      ...(await missing(scene)),
      ...(await twice(scene)),
    ];
    if (scene.last) {
      for (const hook of hooks) {
        const delivered = await inTime(() => hook.deliverAll(scene.asker, () => waiting(scene, hook)));
        found.push(...delivered.map((what) => `I4: ${what}`));
      }
    }
    for (const hook of hooks) found.push(...(await received(scene, hook)));
    return found;
  },
};

async function waiting({ client }: Scene, { site }: Hook): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from webhook_message where site_id = $1 and status <> 'delivered'`,
    [site.id],
  );
  return rows.map(({ id }) => sealed.id('msg', id));
}

async function received({ client, last }: Scene, hook: Hook): Promise<string[]> {
  const { site } = hook;
  const found = hook.violations.splice(0);
  const { rows } = await client.query<{ id: string }>(
    `select id from webhook_message where site_id = $1 and status = 'delivered'`,
    [site.id],
  );
  for (const { id } of rows) {
    if (!hook.taken.has(sealed.id('msg', id)))
      found.push(`I4: message ${id} of ${site.slug} is delivered, and nobody received it`);
  }
  if (!last) return found;
  const { rows: images } = await client.query<Seen>(IMAGES, [site.id]);
  const { folded } = hook;
  for (const { name, blocked, version, joined } of images) {
    const told = folded.get(name) ?? { blocked: false, version: 0 };
    // Of what becomes one the version passes both; who knew the one whose state stays is not told of that (docs/adr/0018).
    const isRight = told.blocked === blocked && (joined ? told.version <= version : told.version === version);
    if (!isRight) {
      found.push(
        `I4: ${site.slug} was told last that ${name} is ${JSON.stringify(told)}; it is ${blocked ? 'blocked' : 'visible'} at version ${version}`,
      );
    }
  }
  return found;
}
