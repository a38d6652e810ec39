import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n.js';

/** A text as a QR code: dark squares on white in either theme, as cameras want them. */
export default function QrCode({ text }: { readonly text: string }) {
  const [drawn, setDrawn] = useState<{ readonly size: number; readonly path: string } | null>(null);
  useEffect(() => {
    void import('uqr').then(({ encode }) => {
      const { data, size } = encode(text, { ecc: 'M', border: 4 });
      setDrawn({ size, path: pathOf(data) });
    });
  }, [text]);
  if (drawn === null) return <div class="qr" />;
  return (
    <svg class="qr" viewBox={`0 0 ${drawn.size} ${drawn.size}`} role="img" aria-label={t('factor.qr')}>
      <path d={drawn.path} />
    </svg>
  );
}

/** A line for each run of dark squares. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const lines: string[] = [];
  rows.forEach((row, y) => {
    let x = 0;
    while (x < row.length) {
      let length = 0;
      while (row[x + length] === true) length += 1;
      if (length > 0) lines.push(`M${x} ${y}h${length}v1h-${length}z`);
      x += Math.max(1, length);
    }
  });
  return lines.join('');
}
