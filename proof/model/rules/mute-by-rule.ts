import type { Step } from '../step.js';
import { isStanding } from './mutes.js';
import type { Decision, Model } from './state.js';

/** What decisions that stand said of somebody, oldest first: right, or wrong. @param last of those up to that number */
export const verdictsOn = (model: Model, who: string, last = Infinity): boolean[] =>
  model.decisions.flatMap(({ said, undone }, number) =>
    number <= last && !undone && said?.of.includes(who) === true ? said.valid : [],
  );

/** Rule 17: do the latest so many verdicts all say that they were wrong? */
function isRun(model: Model, who: string, needed: number, last?: number): boolean {
  const latest = verdictsOn(model, who, last).slice(-needed);
  return latest.length === needed && latest.every((valid) => !valid);
}

/** After all decisions of a request: mutes whom they made a run of dismissals. Who is muted already stays so. */
export function muteByRule(step: Step, made: readonly Decision[]): void {
  const { model } = step;
  const { muteAfter } = model.rule;
  if (muteAfter === null || model.wrong === 'mute-after') return;
  for (const who of wrongBy(made)) {
    if (!isRun(model, who, muteAfter.dismissed)) continue;
    if (isStanding(model, who)) {
      step.reach('a run of dismissals of who is muted already');
      continue;
    }
    const last = made.findLast(({ said }) => said?.of.includes(who));
    const decision = last === undefined ? null : model.decisions.indexOf(last);
    model.mutes[who] = { id: null, until: model.hour + 24 * muteAfter.forDays, caseId: null, decision };
    step.reach('muted by the rule');
  }
}

const wrongBy = (made: readonly Decision[]): Set<string> =>
  new Set(made.flatMap(({ said }) => (said?.valid === false ? said.of : [])));

/** A decision is undone: whom the rule would not have muted without it is muted no more. */
export function liftMutes(step: Step, number: number): void {
  const { model } = step;
  const undone = model.decisions[number];
  if (undone === undefined || model.wrong === 'undo-leaves-mute') return;
  const needed = model.rule.muteAfter?.dismissed;
  for (const [who, { decision }] of Object.entries(model.mutes)) {
    if (decision === null || decision < number || !wrongBy([undone]).has(who)) continue;
    const isThere =
      needed !== undefined && (isRun(model, who, needed) || isRun(model, who, needed, decision));
    if (!isThere) delete model.mutes[who];
    step.reach(isThere ? 'undo leaves a mute: the run is there without it' : 'undo lifted a mute');
  }
}
