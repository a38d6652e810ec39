import { useEffect, useMemo } from 'preact/hooks';
import { api } from '../api.js';
import { site } from '../session.js';
import { Desk } from './desk.js';
import { now, type Workplace } from './workplace.js';

/** What says that somebody is at work. */
const SIGNS_OF_WORK = ['keydown', 'input', 'pointerdown', 'pointermove', 'wheel'] as const;
/** How often the countdown moves, in milliseconds. */
const TICK = 500;

/** A desk as long as the page is open: what it holds is given back when one leaves. @param caseId which case first */
export function useDesk(
  { drafts, outbox }: Workplace,
  leaseSeconds: number,
  caseId: string | undefined,
): Desk {
  const desk = useMemo(
    () => new Desk({ ask: api, now, leaseSeconds, drafts, outbox }),
    [drafts, outbox, leaseSeconds],
  );
  const slug = site.value?.slug ?? null;

  useEffect(() => {
    const touch = (): void => desk.touch();
    const leave = (): void => void desk.pause();
    // Back from the browser's memory: nothing is held any more.
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) void desk.start();
    };
    const timer = setInterval(() => desk.tick(), TICK);
    for (const sign of SIGNS_OF_WORK) addEventListener(sign, touch, { passive: true });
    addEventListener('pagehide', leave);
    addEventListener('pageshow', back);
    desk.source.wish.value = { ...desk.source.wish.peek(), site: slug };
    void desk.start(caseId);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_WORK) removeEventListener(sign, touch);
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', back);
      leave();
    };
  }, [desk]);

  useEffect(() => {
    if (desk.source.wish.peek().site !== slug) void desk.choose({ ...desk.source.wish.peek(), site: slug });
  }, [desk, slug]);

  useEffect(() => {
    if (caseId !== undefined && !desk.isPaused.peek()) void desk.open(caseId);
  }, [desk, caseId]);

  return desk;
}
