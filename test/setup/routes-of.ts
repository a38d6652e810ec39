import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** A route as the router knows it: `GET /v1/cases/:id`. */
export interface KnownRoute {
  readonly method: string;
  readonly pattern: string;
}

const LINE = /^(?<indent>[│ ]*)[├└]── (?<part>\S*) \((?<methods>[A-Z, ]+)\)/;
const INDENT = 4;

/** Every route of the service, with or without a place in its description: a new one is there by itself. */
export function routesOf(app: NestFastifyApplication): KnownRoute[] {
  const above: string[] = [];
  return app
    .getHttpAdapter()
    .getInstance()
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const { indent = '', part = '', methods = '' } = LINE.exec(line)?.groups ?? {};
      if (methods === '') return [];
      const depth = indent.length / INDENT;
      above.length = depth;
      const pattern = `${above.join('')}${part}`;
      above[depth] = part;
      return methods.split(', ').map((method) => ({ method, pattern }));
    });
}
