import type { ShownPhoto } from '../web/demo/shown-photo.js';

/** Which file is at an address: what is uploaded, and what publishers' software makes of it. */
export type PhotoFile = 'original' | 'size' | 'scaled' | 're-encoded' | 'other';

const UPLOAD = '/demo/uploads/2026/11/souk';
const MARKET = '/articles/marche-central';
const SARDINES = '/articles/saison-sardine';
const IN_ARABIC = '/articles/ar/front-de-mer';

/** Where the newsroom can put another photo: by its bytes alone this address is one image with the others. */
export const SWAPPABLE = '/demo/agence/depeche-1234.jpg';

/**
 * One photo of an agency under six addresses on three articles, and a seventh that only looks the same. The site's address
 * rules (docs/addresses.md) know four of them as one; the two copies are found by their bytes; what is encoded anew under
 * another name is a suggestion for moderators.
 */
export const ONE_PHOTO: ShownPhoto = {
  addresses: [
    { path: `${UPLOAD}.jpg`, kin: 'original', article: MARKET },
    { path: `${UPLOAD}-scaled.jpg`, kin: 'scaled', article: MARKET },
    { path: `${UPLOAD}-600x400.jpg`, kin: 'size', article: SARDINES },
    { path: SWAPPABLE, kin: 'copy', article: SARDINES },
    { path: `${UPLOAD}.jpg?w=720&utm_source=lettre`, kin: 'parameters', article: IN_ARABIC },
    { path: '/demo/galerie/souk-du-samedi.jpg', kin: 'copy', article: IN_ARABIC },
    { path: '/demo/partenaires/souk-allege.jpg', kin: 're-encoded', article: MARKET },
  ],
  swappable: SWAPPABLE,
};

/** The addresses at which an article shows the photo, from the site's root. */
export const photosOf = (article: string): readonly string[] =>
  ONE_PHOTO.addresses.filter((address) => address.article === article).map(({ path }) => path);

/** What is at a path, without its query; null: nothing of the photo. */
export function fileAt(path: string, swapped: boolean): PhotoFile | null {
  if (path === SWAPPABLE && swapped) return 'other';
  const address = ONE_PHOTO.addresses.find((each) => each.path.split('?')[0] === path);
  if (address === undefined) return null;
  return address.kin === 'copy' || address.kin === 'parameters' ? 'original' : address.kin;
}
