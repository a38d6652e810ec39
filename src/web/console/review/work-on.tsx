import { useEffect, useState } from 'preact/hooks';
import { formatNumber, t, tOr } from '../i18n.js';
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
export function WorkOn({ desk, held, place }: WorkOnProps) {
  const [isFull, setFull] = useState(false);
  useEffect(() => setFull(false), [held]);
  return (
    <div class={isFull ? 'review-work full' : 'review-work'}>
      <Announcement held={held} />
      <Stage desk={desk} held={held} isFull={isFull} onFull={setFull} />
      <Facts key={held.id} held={held} />
      <DecisionBar desk={desk} held={held} place={place} />
    </div>
  );
}

/** Says to those who hear the page that another case is in front. */
function Announcement({ held }: { readonly held: HeldCase }) {
  const { reasons, tally } = held.view.value;
  const given = Object.entries(reasons).map(
    ([reason, count]) => `${tOr(`reason.${reason}`, reason)} ${formatNumber(count)}`,
  );
  return (
    <p class="unseen" role="status">
      {t('review.announce', { readers: tally.reporters, reasons: given.join(', ') })}
    </p>
  );
}
