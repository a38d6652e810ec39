import { addressOf, type AddressParts, embeddedAddress, withQuery } from '../address-parts.js';

/** 160 bits in URL-safe Base64. */
const SIGNATURE = /^[A-Za-z0-9_-]{27}(?:=|%3D)$/;

/** In the order in which Thumbor takes them, each once. */
const OPTIONS = [
  /^debug$/,
  /^trim(?::(?:top-left|bottom-right))?(?::\d+)?$/,
  /^\d+x\d+:\d+x\d+$/,
  /^(?:adaptive-)?(?:full-)?fit-in$/,
  /^-?(?:\d+|orig)?x-?(?:\d+|orig)?$/,
  /^(?:left|right|center)$/,
  /^(?:top|bottom|middle)$/,
  /^smart$/,
];

/** https://thumbor.readthedocs.io/en/latest/filters.html, without those that show another picture. */
const FILTERS = new Set([
  ...['autojpg', 'background_color', 'blur', 'brightness', 'contrast', 'convolution', 'cover', 'curve'],
  ...['equalize', 'extract_focal', 'fill', 'focal', 'format', 'grayscale', 'max_age', 'max_bytes'],
  ...[
    'no_upscale',
    'noise',
    'proportion',
    'quality',
    'red_eye',
    'rgb',
    'rotate',
    'round_corner',
    'saturation',
  ],
  ...['sharpen', 'stretch', 'strip_exif', 'strip_icc', 'upscale'],
]);

/**
 * The picture behind a Thumbor: the whole address that it names, or else what it names, on the same host behind `unsafe/`,
 * without signature and options. Where what is left begins with an option again, or a filter lays another picture over it
 * (`watermark`, `frame`), the address stays as it is.
 *
 * Sources: https://thumbor.readthedocs.io/en/latest/usage.html ("Image Endpoint"),
 * https://github.com/thumbor/thumbor (thumbor/url.py, `Url.regex`).
 */
export function thumbor(address: AddressParts): string | null {
  const segments = address.path.slice(1).split('/');
  // Some serve it below a folder, such as /resizer/.
  const start = segments.slice(0, 2).findIndex((segment) => segment === 'unsafe' || SIGNATURE.test(segment));
  if (start < 0) return null;
  const picture = withoutOptions(segments.slice(start + 1));
  if (picture === null) return null;
  const folder = segments.slice(0, start).map((segment) => `/${segment}`);
  return (
    embeddedAddress(picture, address.query) ??
    withQuery(
      addressOf({ ...address, path: `${folder.join('')}/unsafe/${picture}`, query: '' }),
      address.query,
    )
  );
}

function withoutOptions(segments: readonly string[]): string | null {
  let at = 0;
  for (const option of OPTIONS) if (option.test(segments[at] ?? '')) at += 1;
  const rest = segments.slice(at).join('/');
  const picture = rest.startsWith('filters:') ? withoutFilters(rest.slice('filters:'.length)) : rest;
  if (picture === null || picture === '') return null;
  const first = picture.replace(/\/.*$/s, '');
  const isAmbiguous =
    first === 'unsafe' ||
    first === 'meta' ||
    first.startsWith('filters:') ||
    SIGNATURE.test(first) ||
    OPTIONS.some((option) => option.test(first));
  return isAmbiguous ? null : picture;
}

/** What stands behind `name(arguments):name(arguments)/`; null when not all names are of FILTERS. */
function withoutFilters(text: string): string | null {
  const end = text.indexOf(')/');
  if (end < 0) return null;
  const names = text.slice(0, end).split('):');
  return names.every((filter) => FILTERS.has(/^([a-z_]+)\(/.exec(filter)?.[1] ?? ''))
    ? text.slice(end + 2)
    : null;
}
