import type { OpenAPIObject } from '@nestjs/swagger';

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

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
