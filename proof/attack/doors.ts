/** What is read of an OpenAPI document. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
  readonly schema?: Schema;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** Who may come through a door; `nobody`: it asks for no key. */
export type Caller = 'publishableKey' | 'secretKey' | 'staffToken' | 'session' | 'nobody';

/** A request to attack, with a value in every place that takes one. */
export interface Door {
  readonly method: string;
  /** As the document has it. */
  readonly route: string;
  readonly caller: Caller;
  /** Whether another caller came through it before: what is behind it is the same. */
  readonly isAgain: boolean;
  /** With each value of the path and the query between `mark`s, as `Mark` wants them. */
  readonly path: string;
  /** JSON; null: none. */
  readonly body: string | null;
}

/** How a tool is shown the places: what stands behind each value in path and query. */
const MARK = '*';

const CALLERS: readonly Caller[] = ['staffToken', 'secretKey', 'session', 'publishableKey'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Streams never end by themselves: an attack on one is a wait. */
const isEndless = (route: string): boolean => route.endsWith('/stream');

/**
 * Every request that the document describes, once for each kind of caller that may send it, those of different routes first. Where
 * nothing is to be put in there is nothing to attack.
 *
 * @param known values for parameters of paths that stand for something that exists, by the noun before them
 */
export function doorsOf(document: Description, known: Readonly<Record<string, string>> = {}): Door[] {
  const rounds: Door[][] = [];
  for (const [route, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (!METHODS.includes(method) || isEndless(route)) continue;
      const path = pathOf(route, operation.parameters ?? [], known);
      const body = bodyOf(document, operation);
      if (!path.includes(MARK) && body === null) continue;
      callersOf(operation).forEach((caller, round) => {
        (rounds[round] ??= []).push({
          method: method.toUpperCase(),
          route,
          caller,
          isAgain: round > 0,
          path,
          body,
        });
      });
    }
  }
  return rounds.flat();
}

function callersOf({ security = [] }: Operation): Caller[] {
  const callers = CALLERS.filter((caller) => security.some((schemes) => caller in schemes));
  return callers.length === 0 ? ['nobody'] : callers;
}

function pathOf(
  route: string,
  parameters: readonly Parameter[],
  known: Readonly<Record<string, string>>,
): string {
  const path = route.replace(/([\w-]+)\/\{\w+\}/g, (_, noun: string) => {
    return `${noun}/${known[noun] ?? 'x'}${MARK}`;
  });
  const query = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, example, schema }) => {
      const value =
        example ?? schema?.example ?? schema?.default ?? schema?.enum?.[0] ?? schema?.minimum ?? 'x';
      return `${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}${MARK}`;
    });
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

function bodyOf(document: Description, { requestBody }: Operation): string | null {
  const schema = requestBody?.content['application/json']?.schema;
  return schema === undefined ? null : JSON.stringify(exampleOf(document, schema));
}

/** How deep a schema that holds itself is followed. */
const DEEPEST = 6;

/** A value that fits a schema, with everything in it that may be. */
function exampleOf(document: Description, schema: Schema, depth = 0): unknown {
  if (schema.$ref !== undefined) {
    const named = document.components.schemas[schema.$ref.split('/').pop() ?? ''];
    return named === undefined || depth > DEEPEST ? null : exampleOf(document, named, depth + 1);
  }
  const given = schema.example ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined && given !== null) return given;
  const [one] = schema.oneOf ?? schema.anyOf ?? [];
  if (one !== undefined) return exampleOf(document, one, depth + 1);
  const parts = [schema, ...(schema.allOf ?? []).map((part) => resolved(document, part))];
  const properties = parts.flatMap((part) => Object.entries(part.properties ?? {}));
  if (properties.length > 0) {
    return Object.fromEntries(
      properties.map(([name, property]) => [name, exampleOf(document, property, depth + 1)]),
    );
  }
  switch ([schema.type].flat().find((type) => type !== 'null')) {
    case 'array':
      return depth > DEEPEST ? [] : [exampleOf(document, schema.items ?? {}, depth + 1)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'object':
      return {};
    default:
      return 'x';
  }
}

function resolved(document: Description, schema: Schema): Schema {
  return schema.$ref === undefined
    ? schema
    : (document.components.schemas[schema.$ref.split('/').pop() ?? ''] ?? {});
}
