import type { Actor } from '../command.js';
import { awaitsDecision, type CaseFlag, type ImageState } from '../image-state.js';
import type { Draft } from '../settle.js';

/** Tells whoever decides the case, if one awaits a decision: once, and with an event. Nothing else changes. */
export function flagCase(state: ImageState, flag: CaseFlag): { next: ImageState; drafts: readonly Draft[] } {
  if (!awaitsDecision(state.case) || state.case.flags.includes(flag)) return { next: state, drafts: [] };
  return {
    next: { ...state, case: { ...state.case, flags: [...state.case.flags, flag] } },
    drafts: [{ type: 'case.flagged', actor: READER, data: { flag } }],
  };
}

const READER: Actor = { kind: 'reader', id: null };
