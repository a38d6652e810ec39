import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { StatsBucketView } from '../../../contract/stats.js';
import { formatNumber, locale, t } from '../i18n.js';
import { theme } from '../preferences.js';
import type { Drawing, Row } from './drawings.js';
import type { Bucket } from './range.js';
import { bucketName, durationWords, tickName } from './words.js';

/** A number as people write it; nothing to measure is a dash. */
export function numberWords(value: number | null, unit: Drawing['unit']): string {
  if (value === null) return '–';
  if (unit === 'seconds') return durationWords(value, locale.value);
  return unit === 'share'
    ? formatNumber(value, { style: 'percent', maximumFractionDigits: 0 })
    : formatNumber(value);
}

function useMatches(query: string): boolean {
  const media = matchMedia(query);
  const [isMatch, setMatch] = useState(media.matches);
  useEffect(() => {
    const changed = (): void => setMatch(media.matches);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, []);
  return isMatch;
}

/** Another one when the colours of the page are others: the system's choice may be followed. */
function useColours(): string {
  const isDark = useMatches('(prefers-color-scheme: dark)');
  const isForced = useMatches('(forced-colors: active)');
  return `${theme.value} ${String(isDark)} ${String(isForced)}`;
}

interface DrawnProps {
  readonly drawing: Drawing;
  readonly buckets: readonly StatsBucketView[];
  readonly bucket: Bucket;
}

/** Numbers drawn, what the colours mean, what is pointed at, and the same numbers as a table. */
export function Drawn({ drawing, buckets, bucket }: DrawnProps) {
  const { name, unit, rows } = drawing;
  const holder = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [isDrawn, setDrawn] = useState(true);
  const heading = useId();
  const colours = useColours();
  const speech = locale.value;
  // Answers that come again and again are drawn again when they are others.
  const numbers = JSON.stringify([rows, buckets.map(({ local }) => local)]);

  useEffect(() => {
    let stop: (() => void) | null | undefined;
    const draw = async (): Promise<void> => {
      const { plot } = await import('./plot.js');
      if (stop === null || holder.current === null) return;
      const words = {
        tick: (index: number) => tickName(buckets[index]?.local ?? '', bucket, speech),
        value: (value: number) =>
          unit === 'seconds' ? durationWords(value, speech, 'short') : numberWords(value, unit),
      };
      stop = plot(holder.current, drawing, bucket, words, setPointed);
    };
    draw().then(
      () => setDrawn(true),
      () => setDrawn(false),
    );
    return () => {
      stop?.();
      stop = null;
    };
  }, [numbers, bucket, speech, colours]);

  const at = pointed === null ? undefined : buckets[pointed];
  return (
    <figure class="card drawing" aria-labelledby={heading}>
      <figcaption>
        <h2 id={heading}>{t(`statistics.drawing.${name}`)}</h2>
        <p class="hint">{t(`statistics.about.${name}`)}</p>
      </figcaption>
      <ul class="drawing-key">
        {rows.map((row) => (
          <li key={row.name}>
            <span
              class={`swatch ${row.colour} ${row.isDashed === true ? 'dashed' : ''}`}
              aria-hidden="true"
            />
            {t(`statistics.row.${row.name}`)}
            {at === undefined || pointed === null ? null : (
              <b class="pointed">{numberWords(row.values[pointed] ?? null, unit)}</b>
            )}
          </li>
        ))}
        <li class="pointed-at">{at === undefined ? '' : bucketName(at.local, bucket, speech)}</li>
      </ul>
      {isDrawn ? null : <p class="hint">{t('statistics.notDrawn')}</p>}
      {/* Time runs from left to right, in Arabic papers, too. */}
      <div class="plot" dir="ltr" ref={holder} role="img" aria-label={t('statistics.drawn')} />
      <details>
        <summary>{t('statistics.table')}</summary>
        <Numbers heading={heading} rows={rows} unit={unit} buckets={buckets} bucket={bucket} />
      </details>
    </figure>
  );
}

interface NumbersProps {
  readonly heading: string;
  readonly rows: readonly Row[];
  readonly unit: Drawing['unit'];
  readonly buckets: readonly StatsBucketView[];
  readonly bucket: Bucket;
}

const Numbers = ({ heading, rows, unit, buckets, bucket }: NumbersProps) => (
  // Whoever has no mouse scrolls what has the focus.
  <div class="table-scroll numbers" role="region" aria-labelledby={heading} tabIndex={0}>
    <table>
      <thead>
        <tr>
          <th scope="col">{t(`statistics.bucket.${bucket}`)}</th>
          {rows.map((row) => (
            <th key={row.name} scope="col" class="number">
              {t(`statistics.row.${row.name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {buckets.map(({ start, local }, index) => (
          <tr key={start}>
            <th scope="row">
              <time dateTime={start}>{bucketName(local, bucket, locale.value)}</time>
            </th>
            {rows.map((row) => (
              <td key={row.name} class="number">
                {numberWords(row.values[index] ?? null, unit)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
