import { deviceToken } from '../widget/device.js';
import { keepReport } from '../widget/own-reports.js';
import { keyOf } from '../widget/page-image.js';
import { readerReports } from '../widget/reports.js';
import { type Ask, failureOf } from '../widget/service.js';
import { thisPage } from '../widget/this-page.js';
import type { Picture } from './picture-in-view.js';
import type { Readers } from './readers.js';

/** Why they report: what several people dislike about one picture differs. */
const REASONS = ['violence', 'privacy', 'violence', 'misinformation'] as const;

/** Milliseconds between two readers, so that one can see them come. */
const PAUSE = 700;

/** What the panel is told while they report. */
export type Progress =
  | { readonly kind: 'proves'; readonly reader: number }
  | { readonly kind: 'reported'; readonly reader: number; readonly blocked: boolean }
  /** `wait`: milliseconds after which it may go on. */
  | { readonly kind: 'refused'; readonly reader: number; readonly status: number; readonly wait: number };

/**
 * So many other readers report a picture, one after the other, as the widget would for them: each gets a challenge,
 * solves it, and reports through the public API. Ends early when the picture is blocked or the service refuses.
 */
export async function reportAsOthers(
  readers: Readers,
  ask: Ask,
  picture: Picture,
  count: number,
  tell: (progress: Progress) => void,
): Promise<void> {
  const visitor = readers.current;
  try {
    for (let n = 0; n < count; n += 1) {
      const reader = readers.fresh(picture.key, [visitor]);
      readers.become(reader);
      tell({ kind: 'proves', reader });
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      const blocked = await reportAs(ask, picture, REASONS[n % REASONS.length] ?? 'violence');
      tell({ kind: 'reported', reader, blocked });
      if (blocked) return;
    }
  } catch (error) {
    const { status, wait } = failureOf(error);
    tell({ kind: 'refused', reader: readers.current, status, wait });
  } finally {
    readers.become(visitor);
  }
}

/**
 * So many readers as there are addresses report one photo, each under another of them and on the article that shows it
 * there.
 */
export async function reportEverywhere(
  readers: Readers,
  ask: Ask,
  shown: readonly { readonly url: string; readonly article: string }[],
  tell: (progress: Progress) => void,
): Promise<void> {
  const visitor = readers.current;
  const reported: number[] = [visitor];
  try {
    for (const [n, { url, article }] of shown.entries()) {
      const picture = { ref: { url }, key: keyOf({ url }) };
      const reader = readers.fresh(picture.key, reported);
      reported.push(reader);
      readers.become(reader);
      tell({ kind: 'proves', reader });
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      const reason = REASONS[n % REASONS.length] ?? 'violence';
      tell({ kind: 'reported', reader, blocked: await reportAs(ask, picture, reason, article) });
    }
  } catch (error) {
    const { status, wait } = failureOf(error);
    tell({ kind: 'refused', reader: readers.current, status, wait });
  } finally {
    readers.become(visitor);
  }
}

/** @throws an error with what ServiceError says; anything else when there is no answer */
async function reportAs(
  ask: Ask,
  { ref, key }: Pick<Picture, 'ref' | 'key'>,
  reason: (typeof REASONS)[number],
  article?: string,
): Promise<boolean> {
  // Before the report, which would be kept for later where no device is to be had.
  await deviceToken(ask);
  const reports = readerReports(
    ask,
    () => document.documentElement.lang,
    () => Promise.resolve(undefined),
  );
  const page = article === undefined ? thisPage() : { url: new URL(article, location.origin).href };
  const sent = await reports.send({ image: key, body: { image: ref, page, reason } });
  if (typeof sent === 'object') return sent.image.blocked;
  keepReport(key);
  const waits = typeof sent === 'number';
  throw Object.assign(new Error('The report was not taken.'), {
    status: waits ? 429 : 422,
    wait: waits ? sent : 0,
  });
}
