import type { Answer } from './asked.js';
import { at, type Differences } from './differences.js';
import { verdictsOn } from './rules/mute-by-rule.js';
import { isStanding } from './rules/mutes.js';
import type { Model } from './rules/state.js';

/** Who is muted, told by case and record since no answer names them; on the way the model learns the ids of mutes by the rule. */
export function compareMutes(differences: Differences, model: Model, { status, body }: Answer): void {
  differences.same('status of the mutes', status, 200);
  const items = (body['items'] ?? []) as { readonly id: string; readonly cause: string }[];
  const said = items.map((item) => ({
    id: item.id,
    mute: JSON.stringify({
      cause: item.cause,
      case: at(item, 'case'),
      forEver: at(item, 'until') === null,
      upheld: at(item, 'upheld'),
      dismissed: at(item, 'dismissed'),
    }),
  }));
  const told = Object.entries(model.mutes)
    .filter(([who]) => isStanding(model, who))
    .map(([who, { id, until, caseId, decision }]) => ({
      who,
      id,
      mute: JSON.stringify({
        cause: decision === null ? 'staff' : 'rule',
        case: decision === null ? caseId : model.decisions[decision]?.caseId,
        forEver: until === null,
        upheld: verdictsOn(model, who).filter((valid) => valid).length,
        dismissed: verdictsOn(model, who).filter((valid) => !valid).length,
      }),
    }));
  const inOrder = (all: readonly { readonly mute: string }[]): string[] => all.map(({ mute }) => mute).sort();
  differences.same('who is muted', inOrder(said), inOrder(told));
  for (const { who, id, mute } of told) {
    const alike = told.filter((one) => one.mute === mute).length;
    const known = said.find((one) => one.mute === mute);
    const before = model.mutes[who];
    if (id === null && alike === 1 && known !== undefined && before !== undefined)
      model.mutes[who] = { ...before, id: known.id };
  }
}
