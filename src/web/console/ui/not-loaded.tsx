import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t, type TextKey } from '../i18n.js';
import { Button } from './button.js';
import { Page } from './page.js';

/** How often a part is asked for, in milliseconds, while the service can not be reached; at once when the network is back. */
const EVERY = 3_000;

/**
 * In the place of a part that has not come because the service can not be reached; the part itself when it has.
 *
 * @param attempt null: it can not be reached yet
 * @param title of a page
 */
export function notLoaded<Props>(
  attempt: () => Promise<ComponentType<Props> | null>,
  title?: TextKey,
): ComponentType<Props> {
  const loaded = signal<ComponentType<Props> | null>(null);
  let isTrying = false;
  const again = async (): Promise<void> => {
    if (isTrying) return;
    isTrying = true;
    loaded.value = await attempt();
    isTrying = false;
  };
  return function WhenLoaded(props: Props) {
    const Part = loaded.value;
    useEffect(() => {
      if (Part === null) return;
      // The heading that had the focus is gone.
      if (title !== undefined && document.activeElement === document.body)
        document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true });
    }, [Part]);
    // `Props` may be anything that JSX takes.
    if (Part !== null) return <Part {...(props as Props & object)} />;
    return title === undefined ? (
      <NotLoaded onAgain={again} />
    ) : (
      <Page title={t(title)}>
        <NotLoaded onAgain={again} />
      </Page>
    );
  };
}

/** Tries again every now and then, and at once when the network is back, as long as it is on the page. */
export function useAgain(onAgain: () => Promise<void>): void {
  useEffect(() => {
    const again = (): void => void onAgain();
    const timer = setInterval(again, EVERY);
    addEventListener('online', again);
    return () => {
      clearInterval(timer);
      removeEventListener('online', again);
    };
  }, []);
}

function NotLoaded({ onAgain }: { readonly onAgain: () => Promise<void> }) {
  useAgain(onAgain);
  return (
    <div class="empty bad" role="alert">
      <p class="empty-title">{t('notLoaded.title')}</p>
      <p>{t('notLoaded.text')}</p>
      <Button onClick={() => void onAgain()}>{t('common.tryAgain')}</Button>
    </div>
  );
}
