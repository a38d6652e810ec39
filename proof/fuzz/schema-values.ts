import { generateSync } from 'json-schema-faker';
import type { Seeded } from '../../test/setup/seeded.js';
import type { ApiDocument } from '../../test/setup/contract.js';

type Json = Record<string, unknown>;

/** Values that fit a schema of the document, each time others. */
export class SchemaValues {
  private readonly whole = new WeakMap<object, Json>();

  constructor(private readonly document: ApiDocument) {}

  of(schema: Json, random: Seeded): unknown {
    let whole = this.whole.get(schema);
    if (whole === undefined) {
      whole = this.withoutReferences(schema) as Json;
      this.whole.set(schema, whole);
    }
    return generateSync(whole, {
      seed: random.below(2 ** 31),
      optionalsProbability: random.below(5) / 4,
      maxLength: 60,
      maxItems: 4,
    });
  }

  /** The generator would walk the whole document for each reference. */
  private withoutReferences(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((item) => this.withoutReferences(item));
    if (typeof node !== 'object' || node === null) return node;
    const { $ref: reference, ...rest } = node as Json & { $ref?: unknown };
    if (typeof reference === 'string') {
      const name = reference.split('/').pop() ?? '';
      return { ...(this.withoutReferences(this.document.components.schemas[name] ?? {}) as Json), ...rest };
    }
    return Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [key, this.withoutReferences(value)]),
    );
  }
}
