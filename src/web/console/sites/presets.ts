import type { AddressPreset } from '../../../core/address-presets/presets.js';

const NAMES: Readonly<Record<AddressPreset, string>> = {
  wordpress: 'WordPress',
  photon: 'Photon (Jetpack)',
  cloudinary: 'Cloudinary',
  imgix: 'imgix',
  cloudflare: 'Cloudflare Images',
  nextjs: 'Next.js',
  thumbor: 'Thumbor',
};

/** The image services whose addresses are read, by the names that they have in every language. */
export const PRESETS = Object.entries(NAMES);

/** Undefined: it is no image service. */
export const presetName = (name: string): string | undefined =>
  Object.hasOwn(NAMES, name) ? NAMES[name as AddressPreset] : undefined;
