import {
  addressOf,
  type AddressParts,
  embeddedAddress,
  withoutParameters,
  withQuery,
} from '../address-parts.js';

/** https://developers.cloudflare.com/images/transform-images/transform-via-url/: /cdn-cgi/image/<options>/<source>. */
const TRANSFORMED = /^\/cdn-cgi\/image\/([^/]+)\/(.+)$/;
const OPTION = /^[a-z][a-z.-]*=/i;

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
 * whole address; of one that Cloudflare stores, its variant `public`. With `draw` another picture lies upon it: such an
 * address stays as it is.
 */
export function cloudflare(address: AddressParts): string | null {
  const { scheme, host, path, query } = address;
  const [, options, source] = TRANSFORMED.exec(path) ?? [];
  if (options !== undefined && source !== undefined) {
    const given = options.split(/,|%2C/);
    if (!given.every((option) => OPTION.test(option)) || given.some((option) => /^draw\b/i.test(option)))
      return null;
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
