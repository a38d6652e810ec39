import type { Asked } from './asked.js';
import { imagesOf } from './rules/images-of.js';
import type { Model } from './rules/state.js';

/** What of it the hold hears where others vote: who reported what, and what people decided on it. */
const HEARD_ELSEWHERE: ReadonlySet<Asked['do']> = new Set([
  'report',
  'withdraw',
  'decide',
  'decide-many',
  'undo',
  'staff-block',
  'staff-unblock',
  'appeal',
]);

/**
 * What may be sent at the same time. Where votes may be held, the rule hears what their people said of other images, and reads that
 * without any lock: of what happens there in the same moment it may know some and not the rest. So what it hears is then about one
 * image: reports go to that of the first, and others are left out.
 */
export function sentAtOnce(model: Model, asked: readonly Asked[]): readonly Asked[] {
  const mayHold =
    model.rule.hold || asked.some((one) => one.do === 'change-rule' && one.change.hold === true);
  const [first, ...others] = asked.filter(({ do: what }) => HEARD_ELSEWHERE.has(what));
  if (!mayHold || first === undefined || others.length === 0) return asked;
  const of = imageAskedFor(model, first);
  return asked.flatMap((one) => {
    if (one === first || !HEARD_ELSEWHERE.has(one.do)) return one;
    if (one.do === 'report' && first.do === 'report') return { ...one, image: first.image };
    return of !== null && imageAskedFor(model, one) === of ? one : [];
  });
}

/** Its number; null: it is not known yet, or they are several. */
function imageAskedFor(model: Model, asked: Asked): number | null {
  const [image, ...others] = imagesOf(model, asked);
  return image === undefined || others.length > 0 ? null : model.images.indexOf(image);
}
