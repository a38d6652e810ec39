import { h } from 'preact';
import { t, tOr } from '../i18n.js';
import { toast, toastProblem } from '../ui/toasts.js';
import { Problem } from '../api.js';
import { confirm } from '../ui/confirm.js';
import type { Choice } from './choice.js';
import type { Desk } from './desk.js';
import type { Outbox } from './outbox.js';
import type { Taken } from './sent.js';
import { refusalOf } from './refusal.js';

/** What a decision is called. */
export const nameOf = (choice: { readonly action: string; readonly policy?: string | null }): string =>
  choice.action === 'block'
    ? t('review.did.block', { policy: tOr(`reason.${choice.policy ?? ''}`, choice.policy ?? '') })
    : tOr(`review.did.${choice.action}`, choice.action);

/** What takes away the words that say that a decision was taken. */
const said = new WeakMap<Taken, () => void>();

/** Takes a decision back, and puts its case in front again. */
export async function undo(desk: Desk, outbox: Outbox, taken: Taken): Promise<void> {
  // Also when it is taken back by key: the words would be another's by then.
  said.get(taken)?.();
  try {
    const undone = await outbox.undo(taken);
    if (undone === null) return;
    toast(t('review.undone'));
    if (undone.case !== null && !desk.isPaused.peek()) await desk.open(undone.case.id);
  } catch (error) {
    const isLate = error instanceof Problem && error.body['why'] === 'not-latest';
    const who = isLate ? (refusalOf(error).who?.email ?? null) : null;
    if (who === null) toastProblem(error);
    else toast(t('review.undo.late', { who }));
  }
}

/** Decides the case in front. One that was reported as child abuse is asked about first. */
export async function decide(desk: Desk, outbox: Outbox, choice: Choice): Promise<void> {
  const held = desk.current.peek();
  if (held === null) return;
  if (held.view.peek().severe) {
    const yes = await confirm({
      title: t('review.severe.sure'),
      body: [
        h('p', null, t('review.severe.sureText', { decision: nameOf(choice) })),
        h('p', null, t(`review.severe.will.${choice.action}`)),
      ],
      action: t('review.severe.do'),
      isDangerous: choice.action !== 'escalate',
    });
    if (!yes || desk.current.peek() !== held) return;
  }
  const taken = desk.decide(choice);
  if (taken === undefined) return;
  const untrue = toast(nameOf(choice), () => void undo(desk, outbox, taken));
  said.set(taken, untrue);
  const answer = await taken.outcome;
  // What was refused is told where its note is.
  if (answer === null) untrue();
}
