import type { Answer } from './asked.js';
import { at, type Differences, ordered } from './differences.js';
import { automationOf } from './rules/breaker.js';
import { isStanding } from './rules/mutes.js';
import { HOURS_MEASURED } from './rules/usual.js';
import type { Model, Usual } from './rules/state.js';

/** What the site's rule does by itself, as its staff are told. */
export function compareAutomation(differences: Differences, model: Model, { status, body }: Answer): void {
  differences.same('status of the automation', status, 200);
  const said = body['breaker'] as Record<string, unknown> | null;
  const { since, ...figures } = said ?? {};
  const told = automationOf(model);
  differences.same(
    'the breaker',
    said && ordered(Object.entries({ ...figures, told: since !== null })),
    told && ordered(Object.entries(told)),
  );
  const usual = body['baseline'];
  differences.same(
    'what is usual',
    usual === null ? null : measured(usual),
    model.usual && toldUsual(model.usual),
  );
  const held = model.images.flatMap(({ cases }) => cases.filter((one) => one.held));
  differences.same('how many cases are held', at(body, 'held', 'cases'), held.length);
  const long = held.filter(({ hold }) => hold !== null && hold.hour <= model.hour - 1);
  differences.same('how many are held for long', at(body, 'held', 'overAnHour'), long.length);
  const muted = Object.keys(model.mutes).filter((who) => isStanding(model, who));
  differences.same('how many are muted', body['muted'], muted.length);
}

/** Of all the hours that it is of, in whole blocks. */
const measured = (said: unknown): object => ({
  blocks: Math.round(Number(at(said, 'blocksPerHour')) * HOURS_MEASURED),
  upheld: at(said, 'upheld'),
});

const toldUsual = ({ blocks, upheld }: Usual): object => ({ blocks, upheld });
