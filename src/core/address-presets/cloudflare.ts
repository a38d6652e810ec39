import {
  addressOf,
  type AddressParts,
  embeddedAddress,
  withoutParameters,
  withQuery,
} from '../address-parts.js';

/** https://developers.cloudflare.com/images/transform-images/transform-via-url/: /cdn-cgi/image/<options>/<source>. */
const TRANSFORMED = /^\/cdn-cgi\/image\/([^/]+)\/(.+)$/;

/**
 * The same page, "Options". `format=json` is no picture; `draw` lays another one upon it, and is not here. Whatever the
 * page does not name stays: nobody knows what it shows.
 */
const OPTIONS = new Set([
  ...[
    'anim',
    'background',
    'blur',
    'border',
    'brightness',
    'compression',
    'contrast',
    'dpr',
    'f',
    'face-zoom',
  ],
  ...['fit', 'flip', 'format', 'g', 'gamma', 'gravity', 'h', 'height', 'metadata', 'onerror', 'q', 'quality'],
  ...[
    'rotate',
    'saturation',
    'scq',
    'segment',
    'sharpen',
    'slow-connection-quality',
    'trim',
    'w',
    'width',
    'zoom',
  ],
]);

function isOption(text: string): boolean {
  const [, name = '', value = ''] = /^([a-z-]+)(?:\.[a-z.]+)?=(.*)$/i.exec(text) ?? [];
  return OPTIONS.has(name.toLowerCase()) && !(/^f(?:ormat)?$/i.test(name) && /^json$/i.test(value));
}

/**
 * https://developers.cloudflare.com/images/manage-images/serve-images/serve-uploaded-images/ and
 * https://developers.cloudflare.com/images/manage-images/serve-images/serve-from-custom-domains/:
 * <account>/<image id, perhaps with slashes>/<variant>. `public` is the variant that every account begins with.
 */
const STORED = /^(\/cdn-cgi\/imagedelivery)?(\/[^/]+\/.+)\/[^/]+$/;

/** https://developers.cloudflare.com/images/manage-images/serve-images/serve-private-images/: new for every reader. */
const SIGNATURE = new Set(['exp', 'sig']);

/**
 * The picture behind Cloudflare's image services. Of a transformed one that is its source, a path on the same host or a
 * whole address; of one that Cloudflare stores, its variant `public`. With other options than OPTIONS,
 * such as `draw`, which lays another picture upon it, an address stays as it is.
 */
export function cloudflare(address: AddressParts): string | null {
  const { scheme, host, path, query } = address;
  const [, options, source] = TRANSFORMED.exec(path) ?? [];
  if (options !== undefined && source !== undefined) {
    const given = options.split(/,|%2C/);
    if (!given.every(isOption)) return null;
    const isWhole = /^https?(?::|%3A)/i.test(source);
    return isWhole ? embeddedAddress(source, query) : withQuery(`${scheme}://${host}/${source}`, query);
  }
  const [, prefix = '', image] = STORED.exec(path) ?? [];
  if (image === undefined || (prefix === '' && host !== 'imagedelivery.net')) return null;
  return addressOf({
    ...address,
    path: `${prefix}${image}/public`,
    query: withoutParameters(query, (name) => SIGNATURE.has(name)),
  });
}
