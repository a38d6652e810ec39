import type { Answer, Asked } from '../asked.js';
import type { Step } from '../step.js';
import { appeal, withdrawAppeal } from './appeals.js';
import { bind } from './binding.js';
import { keepWords, tellContent } from './content.js';
import { decide, decideMany } from './decisions.js';
import { claim, lease, release } from './leases.js';
import { liftMute, mute } from './mutes.js';
import { timePasses } from './overdue.js';
import {
  protect,
  publisherBlock,
  publisherUnblock,
  staffBlock,
  staffUnblock,
  unprotect,
} from './publishers.js';
import { receiptOutcome, report, withdraw } from './reports.js';
import type { Model, Rule } from './state.js';
import { undo } from './undo.js';

/** What the model makes of a request and its answer: it goes on to the next state, and says what should have been otherwise. */
export function take(step: Step, asked: Asked, answer: Answer): void {
  step.model.turn += 1;
  // What is heard together is heard before anything else is taken.
  const waiting = step.model.images.filter(({ lookIsDue }) => lookIsDue);
  if (asked.do !== 'report') step.same('images at which the rule has yet to look', 0, waiting.length);
  if (asked.do === 'tell-content') return tellContent(step, asked, answer);
  const before = step.model.images.map(({ blocks, keptHour }) => ({ blocks, keptHour }));
  takeWord(step, asked, answer);
  keepWords(step.model, before);
}

/** Whatever people and rules say of images as they are shown. */
function takeWord(step: Step, asked: Exclude<Asked, { do: 'tell-content' }>, answer: Answer): void {
  switch (asked.do) {
    case 'report':
      return report(step, asked, answer);
    case 'withdraw':
      return withdraw(step, asked, answer);
    case 'receipt':
      return receiptOutcome(step, asked, answer);
    case 'decide':
      return decide(step, asked.staff, asked.decision, answer);
    case 'decide-many':
      return decideMany(step, asked, answer);
    case 'undo':
      return undo(step, asked, answer);
    case 'claim':
      return claim(step, asked, answer);
    case 'lease':
      return lease(step, asked, answer);
    case 'release':
      return release(step, asked, answer);
    case 'publisher-block':
      return publisherBlock(step, asked, answer);
    case 'publisher-unblock':
      return publisherUnblock(step, asked, answer);
    case 'staff-block':
      return staffBlock(step, asked, answer);
    case 'staff-unblock':
      return staffUnblock(step, asked, answer);
    case 'bind':
      return bind(step, asked, answer);
    case 'protect':
      return protect(step, asked, answer);
    case 'unprotect':
      return unprotect(step, asked, answer);
    case 'appeal':
      return appeal(step, asked, answer);
    case 'withdraw-appeal':
      return withdrawAppeal(step, asked, answer);
    case 'mute':
      return mute(step, asked, answer);
    case 'lift-mute':
      return liftMute(step, asked, answer);
    case 'change-rule':
      step.same('status', answer.status, 200);
      changeRule(step.model, asked.change);
      return step.reach('rule changed');
    case 'time-passes':
      return timePasses(step, asked.hours);
  }
}

/** A change that changes nothing makes no version. */
function changeRule(model: Model, change: Partial<Rule>): void {
  const rule = { ...model.rule, ...change };
  if (JSON.stringify(rule) !== JSON.stringify(model.rule)) model.ruleVersion += 1;
  model.rule = rule;
  const [lowest, highest] = model.everAsked;
  model.everAsked = [Math.min(lowest, rule.reporters), Math.max(highest, rule.reporters)];
}
