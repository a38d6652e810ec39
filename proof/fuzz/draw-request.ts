import type { Contract, OperationAt } from '../../test/setup/contract.js';
import { ASKS } from '../../test/flows/role-asks.js';
import type { Targets } from '../../test/flows/role-targets.js';
import { Seeded } from '../../test/setup/seeded.js';
import { hostileText } from './hostile-values.js';
import { drawMutation } from './draw-mutation.js';
import type { Harvest } from './harvest.js';
import { type Material, OWN_ASKS, type OwnAsk } from './own-asks.js';
import { encoded, type Mutation } from './mutation.js';
import type { FuzzRequest } from './request.js';
import type { SchemaValues } from './schema-values.js';
import { type CallerName, CALLERS } from './world.js';

/** A request and how it came to be: with fewer of its mutations it can be made again. */
export interface Drawn {
  readonly base: FuzzRequest;
  readonly mutations: readonly { readonly mutation: Mutation; readonly seed: number }[];
  readonly caller: CallerName;
}

/** Seconds that a long poll may wait. */
const LONGEST_WAIT = 1;

/** The request with these of its mutations. */
export function withMutations(base: FuzzRequest, mutations: Drawn['mutations']): FuzzRequest {
  const spoilt = mutations.reduce(
    (request, { mutation, seed }) => mutation.apply(request, new Seeded(seed)),
    base,
  );
  return { ...spoilt, url: spoilt.url.replace(/([?&]wait=)(?:[2-9]|[1-9]\d+)(?=&|$)/g, `$1${LONGEST_WAIT}`) };
}

/** Addresses that the document does not have. */
const ELSEWHERE = [
  '/',
  '/v1',
  '/v1/',
  '/v1/nope',
  '/v2/cases',
  '/docs',
  '/docs/',
  '/docs/swagger-ui-bundle.js',
  '/v1/openapi.json',
  '/.env',
  '/.git/config',
  '/console',
  '/console/',
  '/console/../',
  '/widget.js',
  '/demo',
  '/metrics',
  '/admin',
  '/v1/images',
  '*',
  '//',
  '/%2e%2e/',
  '/health',
  '/health/live/x',
  '/favicon.ico',
  '/robots.txt',
] as const;

/** Draws requests: of every operation as often, by those who may more often than by those who may not. */
export class Requests {
  constructor(
    private readonly contract: Contract,
    private readonly values: SchemaValues,
    private readonly harvest: Harvest,
    private readonly material: Pick<Material, 'person' | 'pictures'>,
  ) {}

  /** @param targets what it may be about @param headers what the caller sends with it */
  async draw(
    random: Seeded,
    targetsOf: (caller: CallerName) => Targets,
    headersOf: (caller: CallerName, method: string) => Record<string, string>,
  ): Promise<Drawn> {
    const { operations } = this.contract;
    const at = random.below(40) === 0 ? undefined : operations[random.below(operations.length)];
    const caller = this.callerFor(at, random);
    const base =
      at === undefined ? elsewhere(random) : await this.ofOperation(at, random, caller, targetsOf(caller));
    const ownHeaders = 'cookie' in base.headers ? {} : headersOf(caller, base.method);
    const asked = { ...base, headers: { ...ownHeaders, ...base.headers } };
    const request = random.below(3) === 0 ? this.harvest.swapped(asked, random) : asked;
    const mutations: { mutation: Mutation; seed: number }[] = [];
    // A third are sent as they are: who only sends what is wrong gets to know the doors alone.
    for (let left = random.below(3) === 0 ? 0 : 1 + random.below(3); left > 0; left -= 1) {
      mutations.push({ mutation: drawMutation(request, random), seed: random.below(2 ** 31) });
    }
    return { base: request, mutations, caller };
  }

  private callerFor(at: OperationAt | undefined, random: Seeded): CallerName {
    const schemes = new Set(at?.operation.security?.flatMap(Object.keys) ?? []);
    const may: CallerName[] = [
      ...(schemes.has('publishableKey') ? (['pub', 'pub'] as const) : []),
      ...(schemes.has('secretKey') ? (['sec', 'sec', 'sec'] as const) : []),
      ...(schemes.has('staffToken') ? (['admin', 'lead', 'mod'] as const) : []),
      ...(schemes.has('session') ? (['web', 'web'] as const) : []),
      ...(schemes.has('metricsToken') ? (['scraper'] as const) : []),
    ];
    const drawn = may[random.below(may.length)];
    if (drawn !== undefined && random.below(5) > 0) return drawn;
    return random.oneOf(CALLERS);
  }

  private async ofOperation(
    { route, method, operation }: OperationAt,
    random: Seeded,
    caller: CallerName,
    targets: Targets,
  ): Promise<FuzzRequest> {
    const name = `${method} ${route}`;
    const who = caller === 'pub' || caller === 'sec' ? caller : 'admin';
    const material = {
      random: new Seeded(random.below(2 ** 31)),
      harvest: this.harvest,
      ...this.material,
    };
    const own = random.below(2) === 0 ? OWN_ASKS[name] : undefined;
    const made = await Promise.resolve(own?.(material)).catch(() => undefined);
    // What is asked for can not always be made: then it is asked about something that is not there.
    const ask: OwnAsk | undefined =
      made ?? (await Promise.resolve(ASKS[name]?.(targets, who)).catch(() => undefined));
    const right: OwnAsk = ask ?? { url: route.replace(/\{[^}]+\}/g, () => encoded(hostileText(random))) };
    const schema = operation.requestBody?.content['application/json']?.schema;
    const body =
      schema !== undefined && (right.body === undefined || random.below(3) === 0)
        ? this.values.of(schema, random)
        : right.body;
    return {
      route: name,
      method,
      url: random.below(3) === 0 ? this.withParameters(right.url, operation, random) : right.url,
      headers: {
        ...right.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
    };
  }

  /** Some parameters of the query, as their schemas are. */
  private withParameters(url: string, { parameters = [] }: OperationAt['operation'], random: Seeded): string {
    const given = parameters
      .filter(
        ({ name, in: place }) => place === 'query' && !url.includes(`${name}=`) && random.below(2) === 0,
      )
      .map(({ name, schema }) => `${name}=${encodeURIComponent(String(this.values.of(schema, random)))}`);
    return given.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${given.join('&')}`;
  }
}

const elsewhere = (random: Seeded): FuzzRequest => ({
  route: 'elsewhere',
  method: random.oneOf(['GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE']),
  url: random.oneOf(ELSEWHERE),
  headers: {},
});
