import { signal } from '@preact/signals';
import { formatAgo, formatTime, t } from '../i18n.js';

/** How often the time moves, in milliseconds. */
const EVERY = 10_000;

/** The time by which things are told as so long ago, or until. */
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, EVERY);

/** How long ago something was; the time itself on pointing at it. What is newer than the time moves was just now: it has not moved yet. */
export const Ago = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={formatTime(at)}>
    {new Date(at).getTime() > now.value - EVERY ? t('ago.justNow') : formatAgo(at, now.value)}
  </time>
);

/** In how long something will be, or, where it should have been by now, how long ago that was. */
export const Until = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={formatTime(at)}>
    {formatAgo(at, now.value)}
  </time>
);
