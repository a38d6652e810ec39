import type { Check } from './check.js';

/** I1: every block, protection and binding that a publisher was told of is in the tables. */
export const publishedIsThere: Check = {
  name: "I1: the publisher's blocks, protections and addresses are in the tables",
  async find({ client, known }) {
    const { rows } = await client.query<{
      slug: string;
      key: string;
      protected: boolean;
      reasons: string[];
    }>(
      `select s.slug, n.key, i.protected,
              array(select b.reason from block b
                    where b.site_id = i.site_id and b.image_id = i.id and b.source = 'publisher') as reasons
       from (select site_id, id, key from image where merged_into is null
             union
             select site_id, image_id, url from address) n
       join image i on i.site_id = n.site_id and i.id = n.id
       join site s on s.id = i.site_id`,
    );
    const images = new Map(rows.map((row) => [`${row.slug} ${row.key}`, row]));
    const found: string[] = [];
    for (const [name, wanted] of known.published) {
      const { reasons, protected: isProtected } = images.get(name) ?? { reasons: [], protected: false };
      const blocked = reasons.join() || null;
      if (wanted.block !== undefined && wanted.block !== blocked)
        found.push(
          `I1: ${name} is blocked by its publisher for ${blocked}, and should be for ${wanted.block}`,
        );
      if (wanted.protected !== undefined && wanted.protected !== isProtected)
        found.push(`I1: ${name} ${isProtected ? 'is' : 'is not'} protected, and that is not what was said`);
    }
    const { rows: addresses } = await client.query<{ slug: string; url: string; kind: string; key: string }>(
      `select s.slug, a.url, i.key_kind as kind, i.key
       from address a
       join image i on i.site_id = a.site_id and i.id = a.image_id
       join site s on s.id = a.site_id`,
    );
    const leads = new Map(addresses.map(({ slug, url, kind, key }) => [`${slug} ${url}`, `${kind} ${key}`]));
    for (const [name, { id }] of known.bound) {
      const leadsTo = leads.get(name);
      if (id !== undefined && leadsTo !== `id ${id}`)
        found.push(`I1: ${name} leads to ${leadsTo ?? 'nothing'}, and was bound to ${id}`);
    }
    return found;
  },
};
