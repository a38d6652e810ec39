import { LEAST_QUALITY, SAME_PICTURE } from '../../../core/content.js';

/** How many bits of the fingerprints in two rows of content_bytes differ. */
export const bitsApart = (a: string, b: string): string => `bit_count(${a}.pdq_bits # ${b}.pdq_bits)`;

/** Does the fingerprint in a row of content_bytes say something? */
export const isComparable = (row: string): string =>
  `${row}.quality >= ${LEAST_QUALITY} and ${row}.indistinct is null`;

/** Are two rows of content_bytes of one picture? Where either has no fingerprint, or says nothing, they are not. */
export const isSamePicture = (a: string, b: string): string => `
      ${isComparable(a)} and ${isComparable(b)}
      and ${bitsApart(a, b)} <= ${SAME_PICTURE}`;

/**
 * Are two rows of content_bytes the very same bytes, and enough of a picture to follow? Somebody must have looked at them
 * under either image: what a site tells by its digest alone may be a placeholder.
 */
export const areSameBytes = (a: string, b: string): string => `
      ${a}.sha256 = ${b}.sha256 and ${a}.indistinct is null and ${b}.indistinct is null
      and (${a}.bytes is not null or ${b}.bytes is not null)`;

/**
 * Does the site want near pictures of \`v\`, which a person blocked, to be blocked, too, where \`mine\` shows one? Not what was
 * both blocked and seen before it chose so (docs/rules.md, rule 16).
 */
export const nearOnesBlock = (mine: string): string => `
      exists (select from site c
              where c.id = v.site_id and c.near_matches = 'block'
                and (c.near_matches_since is null or greatest(v.judged_at, ${mine}.began_at) >= c.near_matches_since))`;

/**
 * What a person blocked, joined to `where`: the versions `v` of the image, which is no part of another one, with their
 * bytes `s`. A block follows no bytes that are indistinct.
 */
export const humanBlocks = `
      content_version v
      join image o on o.site_id = v.site_id and o.id = v.image_id and o.merged_into is null
      join content_bytes s on s.site_id = v.site_id and s.image_id = v.image_id and s.version = v.version
                          and s.indistinct is null`;

/**
 * May image `i` follow image $2 now, whose reasons are `reasons`? Not where the site vouches for it or a person kept its
 * bytes (core says the same), and not where it follows already: one that stands is enough, or n images with the same bytes
 * that people blocked one by one would have n blocks each.
 */
export const mayFollow = (reasons: string): string => `
      i.merged_into is null and not i.protected and i.kept_at is null
      and not exists (
        select from block m
        where m.site_id = i.site_id and m.image_id = i.id and m.source = 'match'
          and case when m.ref = $2::bigint::text then m.reason = any (${reasons})
                   else exists (select from content_version w
                                join image x on x.site_id = w.site_id and x.id = w.image_id and x.merged_into is null
                                where w.site_id = m.site_id and w.verdict = 'block'
                                  and w.image_id = case when m.source = 'match' then m.ref::bigint end) end)`;
