import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formatNumber, t, tOr } from '../i18n.js';
import { Address } from '../ui/address.js';
import { nameOfImage } from '../ui/image-name.js';
import { DecisionBar } from './decision-bar.js';
import type { Desk } from './desk.js';
import { Facts } from './facts.js';
import type { HeldCase } from './held-case.js';
import { Stage } from './stage.js';
import type { Workplace } from './workplace.js';

interface WorkOnProps {
  readonly desk: Desk;
  readonly held: HeldCase;
  readonly place: Workplace;
}

/** The case in front: its picture, what is known of it, what can be decided. */
export function WorkOn({ desk, held, place: workplace }: WorkOnProps) {
  const [isFull, setFull] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => setFull(false), [held]);
  useFocusOnNextPicture(place, held);
  return (
    <div ref={place} class={isFull ? 'review-work full' : 'review-work'}>
      <Announcement held={held} />
      <Stage desk={desk} held={held} isFull={isFull} onFull={setFull} />
      <Facts key={held.id} held={held} />
      <DecisionBar desk={desk} held={held} place={workplace} />
    </div>
  );
}

/** Who looks by the space bar goes on so: the focus is on the next picture, if it was on the one before. */
function useFocusOnNextPicture(place: RefObject<HTMLElement | null>, held: HeldCase): void {
  const before = useRef(held);
  const had = useRef(false);
  // Asked before the old picture is taken out of the page, and the focus with it.
  if (before.current !== held) had.current = document.activeElement?.closest('.stage .picture') != null;
  before.current = held;
  useLayoutEffect(() => {
    if (had.current)
      place.current?.querySelector<HTMLElement>('.stage-place:not([hidden]) .picture')?.focus();
    had.current = false;
  }, [held]);
}

/** Says to those who hear the page that another case is in front, also where all that is said of it is the same. */
function Announcement({ held }: { readonly held: HeldCase }) {
  const { image, reasons, tally } = held.view.value;
  const given = Object.entries(reasons).map(
    ([reason, count]) => `${tOr(`reason.${reason}`, reason)} ${formatNumber(count)}`,
  );
  return (
    <p class="unseen" role="status">
      <span key={held.id}>
        {t('review.announce', { readers: tally.reporters, reasons: given.join(', ') })}{' '}
        <Address of={nameOfImage(image)} />
      </span>
    </p>
  );
}
