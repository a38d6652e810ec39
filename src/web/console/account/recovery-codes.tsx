import { t } from '../i18n.js';
import { Button } from '../ui/button.js';
import { CopyButton } from '../ui/copy-button.js';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly email: string;
  /** The words on the button that ends it. */
  readonly action: string;
  readonly onKept: () => void;
}

/** Recovery codes, shown once: to be copied, or kept as a file. */
export function RecoveryCodes({ codes, email, action, onKept }: RecoveryCodesProps) {
  const download = (): void => {
    const text = `${t('factor.codesFile', { email })}\n\n${codes.join('\n')}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'vigie-recovery-codes.txt';
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div class="stack">
      <p class="notice warn" role="status">
        {t('factor.codesText')}
      </p>
      <p class="print-only">{t('factor.codesFile', { email })}</p>
      <ol class="codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="actions">
        <CopyButton text={codes.join('\n')} />
        <Button onClick={download}>{t('factor.codesDownload')}</Button>
        <Button onClick={() => print()}>{t('factor.codesPrint')}</Button>
        <Button kind="main" onClick={onKept}>
          {action}
        </Button>
      </div>
    </div>
  );
}
