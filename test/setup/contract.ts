import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** What was asked, and what came back. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

type Json = Record<string, unknown>;
interface Response extends Json {
  readonly description?: string;
  readonly headers?: Record<string, Json>;
  readonly content?: Record<string, { readonly schema?: Json }>;
}

/** An operation as the document has it. */
export interface Operation extends Json {
  readonly operationId: string;
  readonly security?: Record<string, string[]>[];
  readonly parameters?: readonly (Json & {
    readonly name: string;
    readonly in: string;
    readonly schema: Json;
  })[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Record<
      string,
      { readonly schema: Json; readonly examples?: Record<string, { readonly value: unknown }> }
    >;
  };
  readonly responses: Record<string, Response>;
}

/** The part of an OpenAPI document that is read here. */
export interface ApiDocument extends Json {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Json>; readonly headers?: Record<string, Json> };
}

/** Where an operation is. */
export interface OperationAt {
  /** As in the document: `/v1/cases/{id}`. */
  readonly route: string;
  /** In capitals. */
  readonly method: string;
  readonly operation: Operation;
}

const PROBLEM_TYPE = 'application/problem+json';

/** What a route says of itself: whoever asks it should know that it may. `default` is for what happens before. */
const OF_THE_ROUTE: ReadonlySet<number> = new Set([401, 403, 404, 409, 410, 422, 429]);

/**
 * The OpenAPI document as a judge of answers: whether each is one that it describes, to the letter. Stricter than a client
 * should be: a field that the schema does not name is a mistake here.
 */
export class Contract {
  readonly operations: readonly OperationAt[];
  private readonly routes: readonly { readonly route: string; readonly matches: RegExp }[];
  private readonly ajv: Ajv2020;
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(readonly document: ApiDocument) {
    this.operations = Object.entries(document.paths).flatMap(([route, path]) =>
      Object.entries(path).map(([method, operation]) => ({ route, method: method.toUpperCase(), operation })),
    );
    // What has a name in the path comes before what takes any: /v1/images/state before /v1/images/{id}.
    this.routes = Object.keys(document.paths)
      .map((route) => ({ route, matches: toRegExp(route) }))
      .sort((a, b) => parametersOf(a.route) - parametersOf(b.route));
    this.ajv = new Ajv2020({ strict: false, allErrors: true, addUsedSchema: false });
    addFormats.default(this.ajv);
    this.ajv.addFormat('binary', true);
    this.ajv.addSchema(closed(document) as Json, DOCUMENT);
  }

  /** The route that a path belongs to, and the operation, if it has one of this method. */
  find(method: string, url: string): { readonly route?: string; readonly operation?: Operation } {
    // What follows # is for browsers: it ends the path here, too.
    const path = url.split(/[?#]/, 1)[0] ?? '';
    const route = this.routes.find(({ matches }) => matches.test(path))?.route;
    if (route === undefined) return {};
    // Fastify answers HEAD wherever there is GET, with the head alone.
    const operation = this.document.paths[route]?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
    return operation === undefined ? { route } : { route, operation };
  }

  /** A sentence for everything of an answer that the document does not say. */
  breaches(exchange: Exchange): string[] {
    const { method, url, status, headers } = exchange;
    const { route, operation } = this.find(method, url);
    const wrong =
      operation === undefined
        ? this.undescribed(exchange, route)
        : this.described(exchange, route ?? '', operation);
    if (route !== undefined && typeof headers['x-request-id'] !== 'string')
      wrong.push('it has no X-Request-Id');
    return wrong.map((what) => `${method} ${route ?? url} answered ${status}: ${what}`);
  }

  /** Checks a value against a schema of the document, by its place in it. */
  errorsOf(place: readonly string[], value: unknown): string[] {
    const pointer = place
      .map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
      .join('');
    let validate = this.compiled.get(pointer);
    if (validate === undefined) {
      validate = this.ajv.compile({ $ref: `${DOCUMENT}#${pointer}` });
      this.compiled.set(pointer, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const unknown = (params as { additionalProperty?: unknown }).additionalProperty;
      return typeof unknown === 'string'
        ? `${instancePath}/${unknown} is not described`
        : `${instancePath === '' ? 'the body' : instancePath} ${message ?? 'is wrong'}`;
    });
  }

  private described(
    { method, status, headers, text }: Exchange,
    route: string,
    operation: Operation,
  ): string[] {
    const named = String(status) in operation.responses ? String(status) : 'default';
    if (named === 'default' && (status < 400 || OF_THE_ROUTE.has(status)))
      return ['this status is not described'];
    const response = operation.responses[named];
    if (response === undefined) return ['this status is not described'];
    const place = ['paths', route, method === 'HEAD' ? 'get' : method.toLowerCase(), 'responses', named];
    const wrong = this.wrongHeaders(response, place, headers);
    if (method === 'HEAD') return [...wrong, ...(text === '' ? [] : ['an answer to HEAD has no body'])];
    const { content } = response;
    if (content === undefined)
      return [...wrong, ...(text === '' ? [] : [`there is a body, "${text.slice(0, 80)}"`])];
    const type = mediaType(headers);
    if (type === '' || !(type in content)) {
      return [...wrong, `its type is "${type}", not ${Object.keys(content).join(' or ')}`];
    }
    wrong.push(...this.wrongBody([...place, 'content', type, 'schema'], type, text));
    if (type === PROBLEM_TYPE) wrong.push(...wrongProblem(status, headers, text));
    return wrong;
  }

  /** Addresses and methods that the document does not name: pages may be there, but every refusal is a problem. */
  private undescribed({ method, status, headers, text }: Exchange, route: string | undefined): string[] {
    // The browser's question before another (CORS).
    if (method === 'OPTIONS' && status === 204) return text === '' ? [] : ['there is a body'];
    if (status < 400) return route === undefined ? [] : ['this method is not described'];
    if (method === 'HEAD') return text === '' ? [] : ['an answer to HEAD has no body'];
    if (mediaType(headers) !== PROBLEM_TYPE)
      return [`its type is "${mediaType(headers)}", not ${PROBLEM_TYPE}`];
    return [
      ...this.wrongBody(['components', 'schemas', 'ProblemDetails'], PROBLEM_TYPE, text),
      ...wrongProblem(status, headers, text),
    ];
  }

  private wrongHeaders(response: Response, place: readonly string[], headers: Exchange['headers']): string[] {
    return Object.entries(response.headers ?? {}).flatMap(([name, given]) => {
      const reference = given['$ref'] as string | undefined;
      const at = reference?.replace('#/', '').split('/') ?? [...place, 'headers', name];
      const header =
        reference === undefined ? given : (this.document.components.headers?.[at.at(-1) ?? ''] ?? {});
      const value = headers[name.toLowerCase()];
      if (value === undefined) return header['required'] === true ? [`it has no ${name}`] : [];
      const schema = header['schema'] as Json | undefined;
      const isNumber = schema?.['type'] === 'integer' && /^\d+$/.test(textOf(value));
      return this.errorsOf([...at, 'schema'], isNumber ? Number(value) : value).map(
        (error) => `${name}: ${error}`,
      );
    });
  }

  private wrongBody(place: readonly string[], type: string, text: string): string[] {
    if (!/\bjson$|ndjson$/.test(type)) return [];
    const lines = type === 'application/x-ndjson' ? text.split('\n').filter((line) => line !== '') : [text];
    return lines.flatMap((line) => {
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        return [`"${line.slice(0, 80)}" is no JSON`];
      }
      return this.errorsOf(place, value);
    });
  }
}

const DOCUMENT = 'vigie';

/** Of a header: nothing where there is none, or a list. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : '';

const mediaType = (headers: Exchange['headers']): string =>
  textOf(headers['content-type']).split(';', 1)[0]?.trim() ?? '';

const parametersOf = (route: string): number => route.split('{').length;

const toRegExp = (route: string): RegExp =>
  new RegExp(`^${route.replace(/[.*+?^$()[\]\\|]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`);

/** A problem says the status and the id of the very answer that it is in. */
function wrongProblem(status: number, headers: Exchange['headers'], text: string): string[] {
  let problem: { status?: unknown; instance?: unknown; type?: unknown };
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    return [];
  }
  const wrong: string[] = [];
  if (problem.status !== status) wrong.push(`its problem says status ${String(problem.status)}`);
  if (headers['x-request-id'] !== undefined && problem.instance !== headers['x-request-id']) {
    wrong.push(
      `its problem says instance ${String(problem.instance)}, its head ${textOf(headers['x-request-id'])}`,
    );
  }
  if (typeof problem.type === 'string' && !/^\/problems\/[a-z-]+$/.test(problem.type)) {
    wrong.push(`"${problem.type}" is no type of problem`);
  }
  return wrong;
}

/** The document with every object closed that names its fields. Problems may carry more members (RFC 9457, section 3.2). */
function closed(node: unknown, name = ''): unknown {
  if (Array.isArray(node)) return node.map((item) => closed(item));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Json = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, closed(value, key)]),
  );
  const isObject = copy['type'] === 'object' && typeof copy['properties'] === 'object';
  if (isObject && copy['additionalProperties'] === undefined && name !== 'ProblemDetails')
    copy['additionalProperties'] = false;
  return copy;
}
