import { signal } from '@preact/signals';
import { formatAgo, formatTime } from '../i18n.js';

/** The time by which things are told as so long ago; moves every ten seconds. */
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 10_000);

/** How long ago something was; the time itself on pointing at it. */
export const Ago = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={formatTime(at)}>
    {formatAgo(at, now.value)}
  </time>
);
