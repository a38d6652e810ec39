/** What the service said otherwise than the model, in sentences. */
export class Differences {
  readonly found: string[] = [];

  /** Both as JSON, so that lists and objects are compared by what they hold. */
  same(what: string, service: unknown, model: unknown): void {
    const [said, told] = [JSON.stringify(service), JSON.stringify(model)];
    if (said !== told) this.found.push(`${what}: the service says ${said}, the model ${told}`);
  }
}

/** A member of an answer, by its path; undefined where there is none. */
export function at(body: unknown, ...path: readonly (string | number)[]): unknown {
  let value = body;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** By their names, so that two are the same however they were gathered. */
export const ordered = (all: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
