import { useLocation, useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { BreakerPlace } from '../automation/breaker-place.js';
import { type Command, useCommands } from '../commands.js';
import { t } from '../i18n.js';
import { session } from '../session.js';
import { Page } from '../ui/page.js';
import type { Desk } from './desk.js';
import { NothingInFront } from './nothing-in-front.js';
import { Refusals } from './refusals.js';
import './review.css';
import { Toolbar } from './toolbar.js';
import { useDesk } from './use-desk.js';
import { undo } from './work.js';
import { WorkOn } from './work-on.js';
import { type Workplace, workplaceOf } from './workplace.js';

/** One case at a time, decided by keyboard. */
export default function ReviewPage() {
  const now = session.value;
  return now === null ? null : (
    <Review key={now.staff.id} place={workplaceOf(now.staff.id)} leaseSeconds={now.leaseSeconds} />
  );
}

function Review({ place, leaseSeconds }: { readonly place: Workplace; readonly leaseSeconds: number }) {
  const { params } = useRoute();
  const { route } = useLocation();
  const caseId = params['case'];
  const desk = useDesk(place, leaseSeconds, caseId);
  useEffect(() => {
    // The next case is another one.
    if (caseId !== undefined) route('/console/review', true);
  }, [caseId]);
  useReviewKeys(desk, place);
  const held = desk.current.value;
  return (
    <Page title={t('page.review')} actions={<Toolbar desk={desk} leaseSeconds={leaseSeconds} />}>
      <div class="review">
        <BreakerPlace />
        <Refusals desk={desk} place={place} />
        {held === null ? <NothingInFront desk={desk} /> : <WorkOn desk={desk} held={held} place={place} />}
      </div>
    </Page>
  );
}

/** What a case in front offers, for the sheet of shortcuts while there is none. */
const OF_A_CASE = [
  ['v', 'review.look'],
  ['f', 'review.full'],
  ['b', 'review.block'],
  ['k', 'review.keep'],
  ['i', 'review.ignore'],
  ['e', 'review.escalate'],
  ['s', 'review.skip'],
  ['n', 'review.next'],
  ['c', 'review.note'],
  ['r', 'review.over.again'],
] as const;

/** Keys that work whatever is in front. */
function useReviewKeys(desk: Desk, { outbox }: Workplace): void {
  const last = outbox.taken.value.at(-1);
  useCommands([
    {
      id: 'review undo',
      name: 'review.undo',
      group: 'review.keys',
      key: 'z',
      isOff: last === undefined,
      run: () => {
        if (last !== undefined) void undo(desk, outbox, last);
      },
    },
    {
      id: 'review pause',
      name: desk.isPaused.value ? 'review.resume' : 'review.pause',
      group: 'review.keys',
      key: 'p',
      run: () => void (desk.isPaused.peek() ? desk.start() : desk.pause()),
    },
    ...OF_A_CASE.map(([key, name]): Command => ({
      id: `review key ${key}`,
      name,
      group: 'review.keys',
      key,
      isOff: true,
      run: () => undefined,
    })),
  ]);
}
