import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
type Response = Exclude<NonNullable<Operation['responses'][string]>, { readonly $ref: string }>;

/** Where an operation is. */
interface OperationAt {
  readonly route: string;
  readonly method: (typeof METHODS)[number];
  readonly operation: Operation;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Every operation of a document. */
export function operationsOf({ paths }: OpenAPIObject): OperationAt[] {
  return Object.entries(paths).flatMap(([route, path]) =>
    METHODS.flatMap((method) => {
      const operation = path[method];
      return operation === undefined ? [] : [{ route, method, operation }];
    }),
  );
}

/** The answers that an operation describes itself, by status. */
export function responsesOf({
  responses,
}: Operation): { readonly status: string; readonly response: Response }[] {
  return Object.entries(responses).flatMap(([status, response]) =>
    response === undefined || '$ref' in response ? [] : [{ status, response }],
  );
}

/** The schema that has a name of its own, to which this one refers; undefined: it refers to none. */
export function namedSchema(
  { components }: OpenAPIObject,
  schema: Schema | undefined,
): Exclude<Schema, { readonly $ref: string }> | undefined {
  if (schema === undefined || !('$ref' in schema)) return undefined;
  const named = components?.schemas?.[schema.$ref.split('/').pop() ?? ''];
  return named === undefined || '$ref' in named ? undefined : named;
}
