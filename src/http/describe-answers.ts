import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemDetails } from '../contract/problem.js';
import { namedSchema, type Operation, operationsOf, responsesOf } from './operations.js';
import { SANE } from './request-id.js';
import { PROBLEM_TYPE } from './send-problem.js';

/** Parameters that name what must be there. */
const NAMES: ReadonlySet<string> = new Set(['site', 'url', 'id', 'image', 'staff']);

interface Parameter {
  readonly in: string;
  readonly name: string;
}

const names = ({ in: place, name }: Parameter): boolean =>
  place === 'path' || (place === 'query' && NAMES.has(name));

/** Stands in the address, where it can be wrong. */
const isAsked = ({ in: place }: Parameter): boolean => place === 'path' || place === 'query';

const hasOne = ({ parameters = [] }: Operation, which: (parameter: Parameter) => boolean): boolean =>
  parameters.some((parameter) => !('$ref' in parameter) && which(parameter));

/** How a request may fail, wherever this can happen: what else can is said by the route, or falls under `default`. */
const FAILURES: readonly {
  readonly status: string;
  readonly description: string;
  readonly happens: (operation: Operation) => boolean;
}[] = [
  {
    status: '400',
    description:
      'The request can not be read (its address holds percent escapes that are not UTF-8, say), or holds a key in its address that ' +
      'belongs into a header.',
    happens: () => true,
  },
  {
    status: '401',
    description: 'No key or session came with it, or none that is good any more.',
    happens: ({ security }) => security !== undefined,
  },
  {
    status: '403',
    description: 'This kind of key, this role or this origin may not do that.',
    happens: ({ security }) => security !== undefined,
  },
  {
    status: '404',
    description: 'What it names is not there, or belongs to another site.',
    happens: (operation) => hasOne(operation, names),
  },
  {
    status: '413',
    description: 'The body is larger than this route takes.',
    happens: ({ requestBody }) => requestBody !== undefined,
  },
  {
    status: '415',
    description: 'The body is not called JSON, or is packed (Content-Encoding).',
    happens: ({ requestBody }) => requestBody !== undefined,
  },
  {
    status: '422',
    description: 'Some fields are not as they must be, or there are others: `errors` names each.',
    happens: (operation) =>
      operation.security !== undefined || operation.requestBody !== undefined || hasOne(operation, isAsked),
  },
  { status: '500', description: 'Something went wrong here: it is logged.', happens: () => true },
  {
    status: '503',
    description: 'Something that is needed is out of reach, or this process is stopping: ask again.',
    happens: () => true,
  },
];

const REQUEST_ID = 'X-Request-Id';
/** In `components.headers`. */
const REQUEST_ID_NAME = 'RequestId';

/** Every operation may fail, and each of its errors, named or not, has the one shape. */
export function describeFailures(document: OpenAPIObject): void {
  const content = { [PROBLEM_TYPE]: { schema: { $ref: getSchemaPath(ProblemDetails) } } };
  for (const { operation } of operationsOf(document)) {
    const { responses } = operation;
    for (const { status, description, happens } of FAILURES) {
      if (happens(operation)) responses[status] ??= { description };
    }
    responses['default'] ??= { description: 'A problem (RFC 9457).' };
    for (const { status, response } of responsesOf(operation)) {
      if (status === 'default' || Number(status) >= 400) response.content ??= content;
    }
  }
}

/** What every answer says, whatever was asked: its id, and of an answer without words of its own what its schema is. */
export function describeAnswers(document: OpenAPIObject): void {
  const { components } = document;
  for (const { operation } of operationsOf(document)) {
    for (const { response } of responsesOf(operation)) {
      response.headers = {
        ...response.headers,
        [REQUEST_ID]: { $ref: `#/components/headers/${REQUEST_ID_NAME}` },
      };
      if (response.description !== '') continue;
      const said = namedSchema(document, response.content?.['application/json']?.schema)?.description;
      response.description = said ?? (response.content === undefined ? 'Done.' : 'What was asked for.');
    }
  }
  document.components = {
    ...components,
    headers: {
      ...components?.headers,
      [REQUEST_ID_NAME]: {
        description: 'The one that was sent, if it can be one, else a new one; it is in the log as well.',
        required: true,
        schema: { type: 'string', minLength: 1, maxLength: 128, pattern: SANE.source },
        example: '5f0c8a52-6f2e-4c7e-9a57-0a2f3a4c1d10',
      },
    },
  };
}

/** The largest whole number of format int32. */
const MOST_INT32 = 2_147_483_647;

/** Keys whose values are data, not schemas. */
const DATA = new Set(['example', 'examples', 'default', 'const', 'enum']);

/** Of every whole number how large it can get: JSON's are exact up to 2^53, most of ours end sooner. */
export function describeWholeNumbers(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) if (!DATA.has(key)) describeWholeNumbers(value);
  const schema = node as { type?: unknown; format?: string; maximum?: number };
  if (![schema.type].flat().includes('integer') || schema.format !== undefined) return;
  schema.format = (schema.maximum ?? Infinity) <= MOST_INT32 ? 'int32' : 'int64';
}
