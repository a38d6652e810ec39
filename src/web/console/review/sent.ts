import type { DecisionAnswer, DecisionRequest } from '../../../contract/decisions.js';
import type { Kept } from './drafts.js';
import type { Refusal } from './refusal.js';

/** A decision on its way, or that was refused. */
export interface Sent {
  readonly caseId: string;
  /** How the image is called, to people. */
  readonly image: string;
  readonly request: DecisionRequest;
  /** `waiting`: nobody answered; it is sent again. */
  readonly state: 'sending' | 'waiting' | 'refused';
  readonly refusal: Refusal | null;
  /** It is taken back as soon as it has been taken: whether it has arrived already, nobody knows. */
  readonly undo?: boolean;
}

/** A decision that was taken, and can be taken back. */
export interface Taken extends Pick<Sent, 'caseId' | 'image' | 'request'> {
  /** What became of it; null: it was refused. */
  readonly outcome: Promise<DecisionAnswer | null>;
}

const KEY = 'vigie-console:sending';

/** Writes down what the window must not forget. */
export function keepSent(kept: Kept | null, items: readonly Sent[]): void {
  try {
    if (items.length === 0) kept?.removeItem(KEY);
    else kept?.setItem(KEY, JSON.stringify(items));
  } catch {
    // They are kept as long as the page.
  }
}

/** What the page before this one left in the window. */
export function leftIn(kept: Kept | null): readonly Sent[] {
  try {
    return JSON.parse(kept?.getItem(KEY) ?? '[]') as Sent[];
  } catch {
    return [];
  }
}
