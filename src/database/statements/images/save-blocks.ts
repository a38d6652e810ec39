import type { Block } from '../../../core/image-state.js';
import type { Tx } from '../../tx.js';

const remove = {
  name: 'delete-blocks',
  text: `
    delete from block b
    using unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) as w (site_id, image_id, source, ref)
    where b.site_id = w.site_id and b.image_id = w.image_id and b.source = w.source and b.ref = w.ref`,
};

const upsert = {
  name: 'upsert-blocks',
  text: `
    insert into block (site_id, image_id, source, ref, reason, note, since, rule_version, evidence)
    select site_id, image_id, source, ref, reason, note, since, rule_version, evidence
    from jsonb_to_recordset($1::jsonb)
         as w (site_id bigint, image_id bigint, source text, ref text, reason text, note text, since timestamptz,
               rule_version int, evidence jsonb)
    on conflict (site_id, image_id, source, ref) do update
    set reason = excluded.reason, note = excluded.note, since = excluded.since, rule_version = excluded.rule_version,
        evidence = excluded.evidence`,
};

export interface ImageBlock {
  readonly siteId: string;
  readonly imageId: string;
  readonly block: Block;
}

export const deleteBlocks = (tx: Tx, blocks: readonly ImageBlock[]): void =>
  tx.send(remove, [
    blocks.map(({ siteId }) => siteId),
    blocks.map(({ imageId }) => imageId),
    blocks.map(({ block }) => block.source),
    blocks.map(({ block }) => block.ref),
  ]);

export const upsertBlocks = (tx: Tx, blocks: readonly ImageBlock[]): void =>
  tx.send(upsert, [
    JSON.stringify(
      blocks.map(({ siteId, imageId, block }) => ({
        site_id: siteId,
        image_id: imageId,
        source: block.source,
        ref: block.ref,
        reason: block.reason,
        note: block.note,
        since: new Date(block.since),
        rule_version: block.ruleVersion,
        evidence: block.evidence,
      })),
    ),
  ]);
