import { useState } from 'preact/hooks';
import { t } from '../i18n.js';
import { Button } from './button.js';

/** Copies a text, and says so; where the browser does not let it, the text can be marked by hand. */
export function CopyButton({ text }: { readonly text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // Without https there is no clipboard.
      setState('refused');
    }
  };
  return (
    <>
      <Button onClick={() => void copy()}>{t(state === 'copied' ? 'common.copied' : 'common.copy')}</Button>
      <span class={state === 'refused' ? 'hint' : 'unseen'} role="status">
        {state === 'copied' ? t('common.copied') : state === 'refused' ? t('common.copyByHand') : ''}
      </span>
    </>
  );
}
