import { t } from '../i18n.js';
import { toast } from '../ui/toasts.js';

/** Puts a text on the clipboard; browsers give it to pages of a safe origin only. */
export function Copy({ text }: { readonly text: string }) {
  const clipboard = (navigator as { readonly clipboard?: Clipboard }).clipboard;
  if (clipboard === undefined) return null;
  return (
    <button
      type="button"
      class="link-button"
      onClick={() =>
        void clipboard.writeText(text).then(
          () => toast(t('review.copied')),
          () => toast(t('common.failed')),
        )
      }
    >
      {t('review.copy')}
    </button>
  );
}
