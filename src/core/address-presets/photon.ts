import {
  type AddressParts,
  parametersOf,
  parameterName,
  parameterValue,
  withQuery,
} from '../address-parts.js';

/** https://developer.wordpress.com/docs/photon/ ("Basic URL", "Multiple domains"): i0.wp.com/<address without scheme>. */
const HOST = /^i[0-3]\.wp\.com$/;
/** A host with a dot, and something behind it. Said so that a path of dots is read once, and not once from each of them. */
const FORWARDED = /^\/[^/][^/.]*\.[^/]+\/./;

/** https://developer.wordpress.com/docs/developer-tools/site-accelerator-api/ ("Query arguments"); `ssl`: below. */
const ARGUMENTS = new Set([
  'w',
  'h',
  'crop',
  'resize',
  'fit',
  'lb',
  'ulb',
  'filter',
  'brightness',
  'contrast',
  'colorize',
  'smooth',
  'zoom',
  'quality',
  'strip',
  'ssl',
]);

/**
 * The picture behind Jetpack's Photon. Photon asks the site without its query, save where the site's plugin put that into
 * `q`: then it chooses the picture, and comes back. Arguments that are not Photon's are kept, for the same reason.
 *
 * Source of `q` and `ssl`: https://github.com/Automattic/jetpack
 * (projects/packages/image-cdn/src/class-image-cdn-core.php, `cdn_url`).
 */
export function photon({ host, path, query }: AddressParts): string | null {
  if (!HOST.test(host) || !FORWARDED.test(path)) return null;
  const kept = parametersOf(query)
    .filter((parameter) => !ARGUMENTS.has(parameterName(parameter)))
    .map((parameter) => (parameterName(parameter) === 'q' ? parameterValue(parameter) : parameter));
  return withQuery(`https:/${path}`, kept.filter((parameter) => parameter !== '').join('&'));
}
