import { addressOf, type AddressParts, embeddedAddress, withoutParameters } from '../address-parts.js';

/**
 * https://cloudinary.com/documentation/transformation_reference: the parameters that cut, colour, turn and encode a
 * picture.
 */
const LOOKS = new Set([
  ...['a', 'ac', 'af', 'ar', 'b', 'bl', 'bo', 'br', 'c', 'co', 'cs', 'd', 'dl', 'dn', 'dpr', 'e', 'f', 'fl'],
  ...['g', 'h', 'ki', 'o', 'p', 'q', 'r', 'sp', 'vc', 'vs', 'w', 'x', 'y', 'z'],
]);

/**
 * The same page: those that lay other pictures over it, choose a page or a moment, run programs, or decide between them;
 * and named transformations, which may do all of that.
 */
const CONTENT = new Set(['l', 'u', 'pg', 'so', 'eo', 'du', 'fn', 'fps', 'if', 't']);

/** The same page, "e_gen_...": effects that draw something else into the picture, or take something out of it. */
const GENERATED = /^e_gen_/;

const VERSION = /^v\d+$/;
/** https://cloudinary.com/documentation/delivery_url_signatures */
const SIGNATURE = /^s--[A-Za-z0-9_-]{8,32}--$/;

/** The usage token of Cloudinary's own libraries: https://github.com/cloudinary/js-url-gen (src/sdkAnalytics). */
const ANALYTICS = '_a';

/**
 * A picture of Cloudinary without transformations, signature and version; of one that is fetched from elsewhere, the
 * picture that is fetched. An address with a parameter of CONTENT stays as it is: it may show another picture. So does the
 * ending of the public id.
 *
 * Sources: https://cloudinary.com/documentation/image_transformations (structure of an address, version, fetch);
 * https://github.com/cloudinary/js-url-gen (src/internal/url/cloudinaryURL.ts, `getUrlPrefix`: with the cloud's name in
 * front, or on a host of its own).
 */
export function cloudinary(address: AddressParts): string | null {
  const [, first, second, ...rest] = address.path.split('/');
  const [kind, type, ...segments] = first === 'image' ? [first, second, ...rest] : [second, ...rest];
  if (kind !== 'image' || (type !== 'upload' && type !== 'fetch')) return null;
  let at = 0;
  for (const segment of segments.slice(0, -1)) {
    const meaning = meaningOf(segment);
    if (meaning === 'content') return null;
    if (meaning === 'name') break;
    at += 1;
    if (meaning === 'version') break;
  }
  const query = withoutParameters(address.query, (name) => name === ANALYTICS);
  const named = segments.slice(at).join('/');
  if (type === 'fetch') return embeddedAddress(named, query);
  // A public id may begin like a transformation. Its version says where it begins, as in Cloudinary's own libraries.
  const [begins, ...goesOn] = segments.slice(at);
  const isPlain = begins === undefined || goesOn.length === 0 || meaningOf(begins) === 'name';
  const path = [
    '',
    ...(first === 'image' ? [] : [first]),
    'image',
    'upload',
    ...(isPlain ? [] : ['v1']),
    named,
  ];
  return addressOf({ ...address, path: path.join('/'), query });
}

function meaningOf(segment: string): 'looks' | 'content' | 'version' | 'name' {
  if (VERSION.test(segment)) return 'version';
  if (SIGNATURE.test(segment)) return 'looks';
  const components = segment.split(/,|%2C/);
  const keys = components.map((component) => /^(\$|[a-z]{1,3}(?=_))/.exec(component)?.[1]);
  const isContent = components.some((component) => GENERATED.test(component));
  if (isContent || keys.some((key) => key === '$' || CONTENT.has(key ?? ''))) {
    return keys.every((key) => key !== undefined) ? 'content' : 'name';
  }
  return keys.every((key) => key !== undefined && LOOKS.has(key)) ? 'looks' : 'name';
}
