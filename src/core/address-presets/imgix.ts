import { addressOf, type AddressParts, withoutParameters } from '../address-parts.js';
import { hostMatches } from '../image-hosts.js';

/**
 * https://docs.imgix.com/apis/rendering: how the picture is cut, coloured and encoded; `s`, `expires`, `ixlib`, `ixid`:
 * https://docs.imgix.com/setup/securing-images and the libraries' own. Whatever brings another picture, text or page into
 * it (`mark`, `blend`, `txt`, `mask`, `page`, `frame` and so on) is not here, and stays.
 */
const RENDERING = new Set([
  ...[
    'w',
    'h',
    'ar',
    'fit',
    'crop',
    'rect',
    'dpr',
    'max-w',
    'max-h',
    'min-w',
    'min-h',
    'faceindex',
    'facepad',
  ],
  ...['fp-x', 'fp-y', 'fp-z', 'fp-debug', 'pad', 'pad-top', 'pad-right', 'pad-bottom', 'pad-left'],
  ...['fm', 'q', 'auto', 'cs', 'ch', 'chromasub', 'colorquant', 'dl', 'dpi', 'lossless', 'iptc'],
  ...['bri', 'con', 'exp', 'gam', 'high', 'hue', 'invert', 'sat', 'shad', 'sharp', 'usm', 'usmrad', 'vib'],
  ...['nr', 'nrs', 'blur', 'htn', 'mono', 'monochrome', 'px', 'sepia', 'duotone', 'duotone-alpha'],
  ...['flip', 'orient', 'rot', 'bg', 'fill', 'fill-color', 'upscale', 'border', 'border-radius'],
  ...['border-top', 'border-right', 'border-bottom', 'border-left', 'border-radius-inner'],
  ...['trim', 'trim-color', 'trim-md', 'trim-sd', 'trim-tol', 'trim-pad'],
  ...['s', 'expires', 'ixlib', 'ixid'],
]);

/** https://docs.imgix.com/setup/creating-sources: <name>.imgix.net, or domains of the site's own. */
const OWN_HOSTS = ['*.imgix.net'];

/** "64" behind a name: its value in Base64 (https://docs.imgix.com/apis/rendering, "Base64 Variants"). */
const isRendering = (name: string): boolean => RENDERING.has(name.replace(/64$/, ''));

/**
 * A picture of imgix without what imgix is to do with it. Only on imgix's own hosts and on those that the site names: `w`
 * and `q` mean something else elsewhere.
 */
export function imgix(address: AddressParts, siteHosts: readonly string[]): string | null {
  if (!hostMatches(address.host, OWN_HOSTS) && !hostMatches(address.host, siteHosts)) return null;
  const query = withoutParameters(address.query, isRendering);
  return query === address.query ? null : addressOf({ ...address, query });
}
