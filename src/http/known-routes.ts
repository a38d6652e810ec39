/** The routes of the service, to tell an unknown address (404) from a wrong method (405). Asked only then. */
export class KnownRoutes {
  private readonly routes = new Map<string, { readonly matches: RegExp; readonly methods: Set<string> }>();

  /** `pattern` as Fastify writes it: `/v1/cases/:id`, `/docs/*`. */
  add(pattern: string, methods: string | readonly string[]): void {
    const route = this.routes.get(pattern) ?? { matches: toRegExp(pattern), methods: new Set<string>() };
    for (const method of [methods].flat()) route.methods.add(method);
    this.routes.set(pattern, route);
  }

  /** The methods that a path (without its query) is known for, in order; none when it is unknown. */
  methodsOf(path: string): string[] {
    const methods = [...this.routes.values()]
      .filter((route) => route.matches.test(path))
      .flatMap((route) => [...route.methods]);
    return [...new Set(methods)].sort();
  }
}

function toRegExp(pattern: string): RegExp {
  const source = pattern
    .split('/')
    .map((part) => {
      if (part === '*') return '.*';
      return part.startsWith(':') ? '[^/]+' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    })
    .join('/');
  return new RegExp(`^${source}$`);
}
