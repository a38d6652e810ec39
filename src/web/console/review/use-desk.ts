import { useEffect, useMemo, useRef } from 'preact/hooks';
import { onWork } from '../activity.js';
import { api } from '../api.js';
import { beforeSignOut, hasRole, isInterrupted, site, sites } from '../session.js';
import { wishOn } from './claim-next.js';
import { Desk } from './desk.js';
import { now, type Workplace } from './workplace.js';

/** How often the countdown moves, in milliseconds. */
const TICK = 500;

const isSeen = (): boolean => document.visibilityState === 'visible';

/** A desk as long as the page is open: what it holds is given back when one leaves. @param caseId which case first */
export function useDesk(
  { drafts, outbox }: Workplace,
  leaseSeconds: number,
  caseId: string | undefined,
): Desk {
  const desk = useMemo(() => {
    const isResting = (): boolean => isInterrupted.peek();
    return new Desk({ ask: api, now, leaseSeconds, drafts, outbox, isSeen, isResting });
  }, [drafts, outbox, leaseSeconds]);
  const slug = site.value?.slug ?? null;
  const started = useRef<Desk | null>(null);

  useEffect(() => {
    const leave = (): void => void desk.pause();
    // Back from the browser's memory: nothing is held any more.
    const back = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) void desk.start();
    };
    const goOn = (): void => {
      if (isSeen()) void desk.fill();
    };
    const timer = setInterval(() => desk.tick(), TICK);
    const ends = [
      onWork(() => desk.touch()),
      beforeSignOut(async () => {
        await desk.pause();
        return true;
      }),
      isInterrupted.subscribe((isOver) => {
        if (!isOver && started.current === desk) void desk.fill();
      }),
    ];
    addEventListener('pagehide', leave);
    addEventListener('pageshow', back);
    document.addEventListener('visibilitychange', goOn);
    desk.source.wish.value = { ...desk.source.wish.peek(), site: slug };
    return () => {
      clearInterval(timer);
      for (const end of ends) end();
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', back);
      document.removeEventListener('visibilitychange', goOn);
      leave();
    };
  }, [desk]);

  useEffect(() => {
    const wish = desk.source.wish.peek();
    if (wish.site === slug) return;
    const chosen = site.peek();
    const reasons = (chosen === null ? sites.peek() : [chosen]).flatMap((one) => one.reasons);
    void desk.choose(wishOn(wish, { site: slug, reasons, isLead: hasRole('lead', chosen ?? undefined) }));
  }, [desk, slug]);

  useEffect(() => {
    if (started.current !== desk) void desk.start(caseId);
    else if (caseId !== undefined && (!desk.isPaused.peek() || desk.refused.peek() !== null))
      void desk.open(caseId);
    started.current = desk;
  }, [desk, caseId]);

  return desk;
}
