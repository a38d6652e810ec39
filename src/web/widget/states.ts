import type { ImageRef } from '../../contract/image-ref.js';
import type { StatesAnswer } from '../../contract/publishing.js';
import { type Ask, failureOf } from './service.js';

/** As many as the service takes in one question. */
const LARGEST_BATCH = 1000;

/** Milliseconds between two questions for all images, while the page is seen. */
const EVERY = 30_000;
const LONGEST_WAIT = 300_000;

type Named = readonly [key: string, ref: ImageRef];

/** Which images of the page are blocked: asked for new ones at once, and for all again and again while the page is seen. */
export interface States {
  /** By the images' keys; what is not in it is not known yet. */
  readonly blocked: Map<string, boolean>;
  askNew(): void;
  /** @param except an image that the service has just told of: a process that is behind may not know it yet */
  askAll(except?: string): void;
}

/**
 * @param images on the page now
 * @param changed called after every answer
 * @param round called with every question for all
 */
export function watchStates(ask: Ask, images: () => Named[], changed: () => void, round: () => void): States {
  const blocked = new Map<string, boolean>();
  const asked = new Set<string>();
  /** The images that the service does not take: asked for once. */
  const refused = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = 0;
  let failures = 0;

  /** Readers who came together do not ask together. */
  function wait(milliseconds: number): void {
    clearTimeout(timer);
    const apart = milliseconds * (0.9 + 0.2 * Math.random());
    due = Date.now() + apart;
    timer = setTimeout(() => {
      // By the clock it may be a moment early.
      due = 0;
      askIfDue();
    }, apart);
  }

  function askIfDue(): void {
    if (!document.hidden && Date.now() >= due) askAll();
  }

  function askAll(except?: string): void {
    wait(EVERY);
    round();
    void askFor(images().filter(([key]) => key !== except));
  }

  async function askFor(left: Named[]): Promise<void> {
    while ((left = left.filter(([key]) => !refused.has(key)))[0]) {
      const batch = left.slice(0, LARGEST_BATCH);
      const before = batch.map(([key]) => blocked.get(key));
      try {
        const { states } = await ask<StatesAnswer>('POST', 'images/state', {
          images: batch.map(([, ref]) => ref),
        });
        states.forEach((state, index) => {
          const key = batch[index]?.[0] ?? '';
          // What changed since it was asked was told with a report, which knew more.
          if (blocked.get(key) === before[index]) blocked.set(key, state.blocked);
        });
        left = left.slice(LARGEST_BATCH);
        failures = 0;
      } catch (error) {
        const failure = failureOf(error);
        // One address that is none must not keep the others from being asked.
        const wrong = batch[Number(/^\/images\/(\d+)/.exec(failure.pointer)?.[1])];
        if (!wrong) {
          failures += 1;
          wait(Math.max(failure.wait, Math.min(EVERY * 2 ** failures, LONGEST_WAIT)));
          return;
        }
        refused.add(wrong[0]);
        // Nothing can block an address that is none; an image that the site names may be blocked all the same.
        if (!wrong[1].id) blocked.set(wrong[0], false);
      }
      changed();
    }
  }

  addEventListener('visibilitychange', askIfDue);
  wait(EVERY);

  return {
    blocked,
    askNew() {
      // While the service is out of reach, or wants to be left alone, they wait for the next round.
      if (failures) return;
      void askFor(images().filter(([key]) => !asked.has(key) && asked.add(key)));
    },
    askAll,
  };
}
