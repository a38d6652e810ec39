import { type AddressParts, addressOf } from '../address-parts.js';

/** `wp-content/uploads`, which a site may rename, and `files` of older networks of sites: any folder of these names. */
const FOLDER = /\/(?:uploads|files)\//;

/** A name that is more than the suffix, the suffix, and the end of an image's name. */
const SIZE = /(?<=[^/])-(?:\d{1,5}x\d{1,5}|scaled|rotated)(?=\.(?:jpe?g|png|gif|webp|avif|heic|bmp)$)/i;

/**
 * The upload behind a size that WordPress made of it: `photo-300x200.jpg`, `photo-scaled.jpg`, `photo-rotated.jpg`. Since
 * WordPress 5.3 no upload has such a name of its own: `wp_unique_filename` puts a number behind it.
 *
 * Sources: https://github.com/WordPress/wordpress-develop
 * (src/wp-includes/class-wp-image-editor.php, `generate_filename`, `get_suffix`;
 * src/wp-admin/includes/image.php, `_wp_image_meta_replace_original`, "-scaled", "-rotated";
 * src/wp-includes/functions.php, `wp_unique_filename`).
 */
export function wordpress(address: AddressParts): string | null {
  const { path } = address;
  if (!FOLDER.test(path)) return null;
  const original = path.replace(SIZE, '');
  return original === path ? null : addressOf({ ...address, path: original });
}
