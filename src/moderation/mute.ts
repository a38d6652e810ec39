import type { Actor } from '../core/command.js';
import { appendEvents } from '../database/statements/log/append-events.js';
import { liftMute as lift } from '../database/statements/readers/mute-readers.js';
import type { Tx } from '../database/tx.js';

/** Who mutes, or lifts a mute, by hand; of which case the reader was. */
interface MuteAct {
  readonly siteId: string;
  readonly imageId: string | null;
  readonly caseId: string | null;
  readonly actor: Actor;
}

/** Says in the log that somebody was muted in a case, until when, and by whom: not who, and not why. The last statement. */
export const logMute = (
  tx: Tx,
  { until, ...act }: MuteAct & { readonly until: Date | null },
): Promise<unknown> =>
  log(tx, 'reporter.muted', act, {
    by: 'staff',
    ...(until === null ? {} : { until: until.toISOString() }),
  });

/** Lifts a mute and says so in the log. @returns false where none of this number stands */
export async function liftMute(tx: Tx, siteId: string, id: string, actor: Actor): Promise<boolean> {
  const lifted = await lift(tx, siteId, id);
  if (lifted === undefined) return false;
  await log(tx, 'reporter.unmuted', { siteId, actor, ...lifted }, { by: actor.kind });
  return true;
}

function log(
  tx: Tx,
  type: 'reporter.muted' | 'reporter.unmuted',
  { siteId, imageId, caseId, actor }: MuteAct,
  data: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const none = { decisionId: null, ruleVersion: null, visibility: null };
  return appendEvents(tx, [{ ...none, siteId, imageId, caseId, type, actor, data }], null);
}
