import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf, responsesOf } from './operations.js';

/** In `components.headers`. */
const NAME = 'ETag';

const text = (pattern: string) => ({ type: 'string' as const, minLength: 1, maxLength: 1_000, pattern });
const TAG = '"[\\w-]+"';
const EXAMPLE = '"Ywb0lkX4P1m9vQ2s7zJt3RcUeGo"';

/** Whatever may answer that nothing has changed (304) says what to ask with the next time (RFC 9110, 13.1.2). */
export function describeConditional(document: OpenAPIObject): void {
  for (const { operation } of operationsOf(document)) {
    if (!('304' in operation.responses)) continue;
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        name: 'If-None-Match',
        in: 'header',
        description:
          'The `ETag` of the answer that the caller has, or several: 304 where it is the answer still.',
        required: false,
        schema: text(`^(\\*|(W/)?${TAG}( *, *(W/)?${TAG})*)$`),
        example: EXAMPLE,
      },
    ];
    for (const { status, response } of responsesOf(operation)) {
      if (status !== '200' && status !== '304') continue;
      response.headers = { ...response.headers, [NAME]: { $ref: `#/components/headers/${NAME}` } };
    }
  }
  document.components = {
    ...document.components,
    headers: {
      ...document.components?.headers,
      [NAME]: {
        description:
          'The same for the same answer, in every process: sent as `If-None-Match` it saves its repetition.',
        required: true,
        schema: text(`^${TAG}$`),
        example: EXAMPLE,
      },
    },
  };
}
