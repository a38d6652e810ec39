import { useState } from 'preact/hooks';
import { formatNumber, t, tOr } from '../i18n.js';
import { Ago } from '../ui/ago.js';
import { Button } from '../ui/button.js';
import { confirm } from '../ui/confirm.js';
import { toastProblem } from '../ui/toasts.js';
import { CopyButton } from '../ui/copy-button.js';
import type { HeldCase } from './held-case.js';
import { isWebAddress, pagesOf } from './pages-said.js';
import { Address } from '../ui/address.js';
import { visible } from '../ui/visible-controls.js';

/** What readers said, and on which pages they saw the picture. */
export function Said({ held }: { readonly held: HeldCase }) {
  const [isLoading, setLoading] = useState(false);
  const reports = held.reports.value;
  const comments = reports.flatMap(({ reader, leftOut, withdrawn, notes }) =>
    notes.flatMap((note) => (note.comment === null ? [] : [{ reader, leftOut, withdrawn, ...note }])),
  );
  const pages = pagesOf(reports);
  const more = (): void => {
    setLoading(true);
    held
      .loadMoreReports()
      .catch(toastProblem)
      .finally(() => setLoading(false));
  };
  return (
    <>
      {comments.length === 0 ? null : (
        <section class="stack">
          <h2>{t('review.comments', { count: comments.length })}</h2>
          <ul class="comments">
            {comments.map(({ reader, reason, comment, at, leftOut, withdrawn }) => (
              <li key={`${reader} ${at}`}>
                <p class="hint">
                  {t('review.reader', { number: reader.replace(/\D/g, '') })} ·{' '}
                  {tOr(`reason.${reason}`, reason)} · <Ago at={at} />
                  {withdrawn ? ` · ${t('review.withdrawn')}` : ''}
                  {leftOut === null ? '' : ` · ${tOr(`review.leftOut.${leftOut}`, leftOut)}`}
                </p>
                <p class="said" dir="auto">
                  {visible(comment ?? '')}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {pages.length === 0 ? null : (
        <section class="stack">
          <h2>{t('review.pages', { count: pages.length })}</h2>
          <ul class="pages">
            {pages.map(({ url, title, readers }) => (
              <li key={url}>
                {title === null ? null : <bdi dir="auto">{visible(title)}</bdi>}
                <Address of={url} />
                <span class="actions">
                  <span class="hint">{t('review.pageReaders', { count: readers })}</span>
                  <CopyButton text={url} />
                  {isWebAddress(url) ? (
                    <button type="button" class="link-button" onClick={() => void openPage(url)}>
                      {t('review.open')}
                    </button>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {held.moreReports.value === null ? null : (
        <Button isBusy={isLoading} onClick={more}>
          {t('review.moreReports', { count: formatNumber(reports.length) })}
        </Button>
      )}
    </>
  );
}

/** Leaves for a page, deliberately: whoever owns it sees that somebody came, and not from where. */
async function openPage(url: string): Promise<void> {
  const yes = await confirm({
    title: t('review.open.sure'),
    body: (
      <>
        <p>{t('review.open.text')}</p>
        <p>
          <Address of={url} />
        </p>
      </>
    ),
    action: t('review.open.do'),
  });
  if (yes) window.open(url, '_blank', 'noopener,noreferrer');
}
