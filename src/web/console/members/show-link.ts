import type { LinkAnswer } from '../../../contract/links.js';
import { formatTime, t } from '../i18n.js';
import { showOnce } from '../ui/shown-once.js';

/** Shows a one-time link, to be handed to whom it is for. */
export function showLink(purpose: 'invitation' | 'reset', email: string, link: LinkAnswer): void {
  const until = formatTime(link.expiresAt, { timeStyle: 'short' });
  const hint = t(`members.link.${purpose}`, { email, until });
  showOnce({
    title: t(`members.linkTitle.${purpose}`),
    hint: link.mailed ? `${hint} ${t('members.mailed')}` : hint,
    values: [{ name: t('members.linkName', { email }), value: link.url }],
  });
}
