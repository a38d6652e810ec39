import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { Button } from './button.js';
import { toast } from './toasts.js';

/** A text to be taken elsewhere, with a button that copies it. */
export function Copied({ text, label }: { readonly text: string; readonly label: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast(t('copy.failed')),
    );
  };
  return (
    <div class="copied">
      {/* Long ones are read by scrolling, also by keyboard; pressed on, all of it is marked. */}
      <code class="address" tabIndex={0} aria-label={label}>
        {text}
      </code>
      <Button onClick={copy} label={`${t('copy.copy')}: ${label}`}>
        {isCopied ? t('copy.copied') : t('copy.copy')}
      </Button>
    </div>
  );
}
