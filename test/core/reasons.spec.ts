import { isReason } from '../../src/core/reasons.js';

it.each([
  ['violence', true],
  ['Violence', false],
  ['constructor', false],
  [7, false],
  [null, false],
])('%p is a reason: %p', (value, expected) => {
  expect(isReason(value)).toBe(expected);
});
