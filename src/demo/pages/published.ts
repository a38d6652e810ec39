import { html, type Html } from './html.js';
import type { PageLanguage } from './words.js';

const HOUR = 60;
const DAY = 24 * HOUR;

/** When an article was published, as people say it: "il y a 3 heures". */
export function published(minutesAgo: number, now: Date, language: PageLanguage): Html {
  const at = new Date(now.getTime() - minutesAgo * 60_000);
  const ago = new Intl.RelativeTimeFormat(language === 'ar' ? 'ar-MA' : 'fr', { numeric: 'auto' });
  const [value, unit] =
    minutesAgo < HOUR
      ? ([minutesAgo, 'minute'] as const)
      : minutesAgo < DAY
        ? ([Math.round(minutesAgo / HOUR), 'hour'] as const)
        : ([Math.round(minutesAgo / DAY), 'day'] as const);
  return html`<time datetime="${at.toISOString()}">${ago.format(-value, unit)}</time>`;
}
