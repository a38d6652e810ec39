import type { DemoPicture } from '../pictures.js';
import { HEIGHT, WIDTH } from '../pictures/paint.js';
import { html, type Html } from './html.js';

/** An image that readers may report. Its place is known before it is loaded, and stays when it is blocked. */
export const picture = (
  { number }: Pick<DemoPicture, 'number'>,
  alt: string,
  priority: 'lead' | 'later',
): Html =>
  html`<img
    src="/demo/pictures/${number}.webp"
    width="${WIDTH}"
    height="${HEIGHT}"
    alt="${alt}"
    data-vigie${priority === 'lead' ? html` fetchpriority="high"` : html` loading="lazy" decoding="async"`}
  />`;
