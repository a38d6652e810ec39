import { useCallback, useRef, useState } from 'preact/hooks';
import type { CaseView } from '../../../contract/cases.js';
import type { BulkAnswer } from '../../../contract/decisions.js';
import { api, Problem } from '../api.js';
import { session } from '../session.js';
import { useUnsaved } from '../unsaved.js';
import {
  addOutcome,
  addResults,
  type BulkOutcome,
  type Failed,
  NOTHING,
  whyNotUndone,
} from './bulk-outcome.js';
import { type BulkChoice, chunks, decisionsFor } from './bulk-plan.js';
import { lookAgain } from './look-again.js';

/** How many decisions are taken back at the same time. */
const AT_ONCE = 4;
const LEAVING = { title: 'bulk.leaveTitle', text: 'bulk.leaveText', leave: 'bulk.leave' } as const;

/** What was decided of many, what became of it, and what became of taking it back. */
export interface BulkRun {
  readonly choice: BulkChoice;
  readonly count: number;
  readonly outcome: BulkOutcome;
  readonly undo: { readonly undone: number; readonly failed: readonly Failed[] } | null;
  readonly isRunning: boolean;
}

export interface Bulk {
  readonly run: BulkRun | null;
  readonly decide: (cases: readonly CaseView[], choice: BulkChoice) => Promise<BulkOutcome>;
  /** Takes back all that a run did, as far as that still can be. @returns the cases that are as they were */
  readonly undo: (choice: BulkChoice, outcome: BulkOutcome) => Promise<readonly CaseView[]>;
  readonly close: () => void;
}

/** Decides many cases, a part at a time. Leaving meanwhile is asked about, and ends it after the part that is on its way. */
export function useBulk(): Bulk {
  const [run, setRun] = useState<BulkRun | null>(null);
  const isStopped = useRef(false);
  const stop = useCallback(() => {
    isStopped.current = true;
  }, []);
  useUnsaved('bulk', run?.isRunning === true, stop, LEAVING);

  const decide: Bulk['decide'] = async (cases, choice) => {
    let outcome = NOTHING;
    isStopped.current = false;
    const base = { choice, count: cases.length, undo: null };
    setRun({ ...base, outcome, isRunning: true });
    for (const part of chunks(cases)) {
      if (isStopped.current) break;
      const results = await ask(part, choice);
      outcome =
        results === null
          ? addOutcome(outcome, await lookAgain(part, choice.action, session.peek()?.staff.id))
          : addResults(outcome, part, results);
      setRun({ ...base, outcome, isRunning: true });
    }
    setRun({ ...base, outcome, isRunning: false });
    return outcome;
  };

  const undo: Bulk['undo'] = async (choice, outcome) => {
    const undone: CaseView[] = [];
    const failed: Failed[] = [];
    isStopped.current = false;
    const say = (isRunning: boolean): void =>
      setRun({
        choice,
        count: outcome.done.length,
        outcome,
        undo: { undone: undone.length, failed: [...failed] },
        isRunning,
      });
    say(true);
    for (const part of chunks(outcome.done, AT_ONCE)) {
      if (isStopped.current) break;
      await Promise.all(
        part.map(async ({ case: one, decision }) => {
          try {
            await api.post(`/v1/decisions/${decision.id}/undo`);
            undone.push(one);
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            failed.push({ case: one, reason: whyNotUndone(error) });
          }
        }),
      );
      say(true);
    }
    say(false);
    return undone;
  };

  return { run, decide, undo, close: () => setRun(null) };
}

async function ask(cases: readonly CaseView[], choice: BulkChoice) {
  try {
    const decisions = decisionsFor(cases, choice);
    return (await api.post<BulkAnswer>('/v1/decisions', { decisions })).results;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 0 || error.status >= 500) return null;
    // Refused as a whole: the same for each.
    const { status, type, title, message: detail } = error;
    return cases.map((one) => ({
      case: one.id,
      status,
      problem: { type, title, status, detail, instance: '' },
    }));
  }
}
