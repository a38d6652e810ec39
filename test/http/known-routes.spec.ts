import { KnownRoutes } from '../../src/http/known-routes.js';

describe('known routes', () => {
  const routes = new KnownRoutes();
  routes.add('/v1/cases/:id', 'GET');
  routes.add('/v1/cases/:id', ['PUT', 'DELETE']);
  routes.add('/v1/cases/claim', 'POST');
  routes.add('/docs/*', 'GET');
  routes.add('/v1/openapi.json', 'GET');

  it.each([
    ['/v1/cases/case_1', ['DELETE', 'GET', 'PUT']],
    ['/v1/cases/claim', ['DELETE', 'GET', 'POST', 'PUT']],
    ['/docs/a/b.js', ['GET']],
    ['/v1/openapi.json', ['GET']],
    ['/v1/openapiXjson', []],
    ['/v1/cases/', []],
    ['/v1/cases/1/lease', []],
    ['/', []],
  ])('%s is known for %j', (path, methods) => {
    expect(routes.methodsOf(path)).toEqual(methods);
  });
});
