import type { AddressParts } from '../address-parts.js';
import { cloudflare } from './cloudflare.js';
import { cloudinary } from './cloudinary.js';
import { imgix } from './imgix.js';
import { nextjs } from './nextjs.js';
import { photon } from './photon.js';
import { thumbor } from './thumbor.js';
import { wordpress } from './wordpress.js';

/** In the order in which they are tried: what wraps other addresses first. docs/addresses.md tells each. */
export const ADDRESS_PRESETS = [
  'nextjs',
  'cloudflare',
  'photon',
  'thumbor',
  'cloudinary',
  'imgix',
  'wordpress',
] as const;
export type AddressPreset = (typeof ADDRESS_PRESETS)[number];

export const isAddressPreset = (text: unknown): text is AddressPreset =>
  ADDRESS_PRESETS.some((preset) => preset === text);

/**
 * What a preset makes of an address: perhaps not canonical yet, perhaps no address at all. Null, or the same: nothing.
 *
 * @param imgixHosts hosts of the site's own that imgix serves
 */
type Apply = (address: AddressParts, imgixHosts: readonly string[]) => string | null;

export interface PresetRule {
  readonly apply: Apply;
  /** A sentence for people. */
  readonly explanation: string;
}

export const PRESET_RULES: Readonly<Record<AddressPreset, PresetRule>> = {
  nextjs: {
    apply: nextjs,
    explanation: 'Next.js resizes a picture here: taken is the one that its parameter "url" names.',
  },
  cloudflare: {
    apply: cloudflare,
    explanation: 'Cloudflare resizes a picture here: taken is its source, or its variant "public".',
  },
  photon: {
    apply: photon,
    explanation: 'Photon of Jetpack resizes a picture here: taken is the one on the site itself, over https.',
  },
  thumbor: {
    apply: thumbor,
    explanation:
      'Thumbor resizes a picture here: taken is the one that it names, without signature and options.',
  },
  cloudinary: {
    apply: cloudinary,
    explanation:
      'Cloudinary transforms a picture here: transformations, signature and version are taken out.',
  },
  imgix: {
    apply: imgix,
    explanation: 'imgix renders a picture here: the parameters that say how are dropped.',
  },
  wordpress: {
    apply: wordpress,
    explanation: 'WordPress made this size of an upload: taken is the upload.',
  },
};
