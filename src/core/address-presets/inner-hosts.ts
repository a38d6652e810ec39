import { decoded, type AddressParts } from '../address-parts.js';
import { hostMatches } from '../image-hosts.js';
import type { AddressPreset } from './presets.js';

/** Where services that forward whole addresses are told by their paths, whether or not a preset reads the rest of them. */
const FORWARDING: Readonly<Partial<Record<AddressPreset, RegExp>>> = {
  nextjs: /\/_next\/image\/?$/,
  cloudflare: /^\/cdn-cgi\/image\//,
  thumbor: /^\/(?:[^/]+\/)?(?:unsafe|[A-Za-z0-9_-]{27}(?:=|%3D))\//,
  cloudinary: /^\/(?:[^/]+\/)?image\/fetch\//,
};

/** A whole address inside another, with its host; servers between may have made one slash of two. */
const INNER = /https?:\/{1,2}(?:[^/?#@]*@)?([^/?#:@,)]+(?::\d+)?)/gi;

/** Encoded within each other, at most. */
const MOST_LAYERS = 5;

/**
 * The hosts of whole addresses inside an address that a preset recognises and leaves as it is, such as Thumbor's with a
 * watermark; null when they are encoded too often to be told.
 */
export function innerHosts(
  { host, path, query }: AddressParts,
  presets: readonly AddressPreset[],
  imgixHosts: readonly string[],
): readonly string[] | null {
  const forwards = presets.some((preset) =>
    preset === 'imgix'
      ? hostMatches(host, ['*.imgix.net', ...imgixHosts])
      : FORWARDING[preset]?.test(path) === true,
  );
  if (!forwards) return [];
  const hosts = new Set<string>();
  let text = `${path}?${query}`;
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    for (const match of text.matchAll(INNER))
      for (const inner of match.slice(1)) hosts.add(inner.toLowerCase());
    const next = text.replace(/(?:%[0-9A-Fa-f]{2})+/g, decoded);
    if (next === text) return [...hosts];
    text = next;
  }
  return null;
}
