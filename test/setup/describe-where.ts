/**
 * `describe` for tests that need a program which not every machine has: where it is missing they are skipped, in words;
 * with CI=true they fail.
 *
 * @param how to come by it, an imperative
 */
export function describeWhere(
  isThere: boolean,
  { what, how }: { readonly what: string; readonly how: string },
  name: string,
  tests: () => void,
): void {
  if (isThere) return describe(name, tests);
  if (process.env['CI'] === 'true') {
    return describe(name, () => {
      it(`needs ${what}`, () => {
        throw new Error(`There is no ${what}: ${how}.`);
      });
    });
  }
  process.stderr.write(`Skipped for want of ${what}: ${name}; ${how}.\n`);
  return describe.skip(`${name} (no ${what}: ${how})`, tests);
}
