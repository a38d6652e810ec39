import { SCOPE_RULES } from '../../../src/access/scopes.js';
import { SCOPES } from '../../../src/web/console/account/scopes.js';

it('offers for a token exactly what the service gives, to those to whom it does', () => {
  const given = Object.entries(SCOPE_RULES).map(([scope, { role }]) => [scope, role] as const);
  expect(Object.fromEntries(SCOPES)).toEqual(Object.fromEntries(given));
});
