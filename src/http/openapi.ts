import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, getSchemaPath, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemDetails } from '../contract/problem.js';
import { WEBHOOK_MESSAGES } from '../contract/webhook-events.js';
import { describeAnswers, describeFailures, describeWholeNumbers } from './describe-answers.js';
import { describeConditional } from './describe-conditional.js';
import { describeLimits } from './describe-limits.js';
import { guardDocsPage } from './docs-page.js';
import { describeRequests } from './describe-requests.js';
import { namedSchema, operationsOf } from './operations.js';
import { requestTypesOf } from './request-types.js';
import { withoutNullable } from './without-nullable.js';

/** Names of the security schemes, for `@ApiSecurity` on routes. */
export const SECURITY = {
  publishable: 'publishableKey',
  publishableInQuery: 'publishableKeyInQuery',
  secret: 'secretKey',
  staff: 'staffToken',
  session: 'session',
  csrf: 'csrfToken',
  metrics: 'metricsToken',
} as const;

const DESCRIPTION = [
  'Readers report an image; once several different people have reported it, it is blocked by itself; a moderator',
  'reviews it; and the publishing site always knows whether it may be shown. Every error is an RFC 9457 problem.',
].join(' ');

/** Serves the description of the API: OpenAPI 3.1 at /v1/openapi.json, and a page to try it at /docs. */
export function setupOpenApi(app: NestFastifyApplication): void {
  guardDocsPage(app.getHttpAdapter().getInstance());
  // Made at the first question, from the modules as they are then.
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Vigie API',
  });
}

const operationId = (controller: string, handler: string): string =>
  `${handler}${controller.replace(/Controller$/, '')}`;

/** The rooms' doors, in the order in which somebody new needs them. */
const TAGS: readonly (readonly [name: string, description: string])[] = [
  ['Readers', 'Whoever looks at a page: reporting an image, and hearing what became of it.'],
  [
    'Publishing sites',
    "A site's back end: which images are blocked, what changed, its own blocks and protections.",
  ],
  ['Moderators', 'Staff: the review queue, decisions, the log, statistics.'],
  ['Settings', 'Staff: sites, keys, threshold rules, members, tokens, jobs.'],
  ['Accounts', 'Who staff are: signing in, passwords, second factors, sessions, links.'],
  ['Webhooks', 'What is posted to a site when something happens, and the endpoints it goes to.'],
  ['Service', 'Whoever runs the processes.'],
];

/** The OpenAPI 3.1 document of the app's controllers. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description }) as const;
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Vigie')
    .setDescription(DESCRIPTION)
    .setVersion('1.0.0')
    .setLicense('MIT', 'https://spdx.org/licenses/MIT.html')
    // Relative: right behind every proxy, and for whichever name the page was opened by.
    .addServer('/', 'The installation that was asked, be it in production or a test.')
    .addSecurity(SECURITY.publishable, bearer('For browsers: `vg_pub_...`, sent from an origin of the site.'))
    .addApiKey(
      { type: 'apiKey', in: 'query', name: 'key', description: 'A publishable key, on GET only.' },
      SECURITY.publishableInQuery,
    )
    .addSecurity(SECURITY.secret, bearer("For the site's back end: `vg_sec_...`."))
    .addSecurity(SECURITY.staff, bearer('For staff: a personal access token, `vg_stf_...`.'))
    .addApiKey(
      {
        type: 'apiKey',
        in: 'cookie',
        name: '__Host-vigie',
        description:
          'For staff who signed in (`POST /v1/session`). Over plain http it is called `vigie_session`. What a page asks by itself ' +
          'comes with `Vigie-Background: 1`: it does not put off the end of a session that nobody uses.',
      },
      SECURITY.session,
    )
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Vigie-CSRF',
        description:
          'Beside the cookie, with everything that is not GET: the `csrfToken` of `GET /v1/session`. `Origin` must be ' +
          "Vigie's own. What comes from no browser, without `Origin`, `Sec-Fetch-Site` and `Referer`, needs neither.",
      },
      SECURITY.csrf,
    )
    .addSecurity(SECURITY.metrics, bearer('For Prometheus: the setting METRICS_TOKEN.'))
    .build();
  config.tags = TAGS.map(([name, description]) => ({ name, description }));
  // Who may reach it is its operator's choice; none of it is meant for Vigie's own processes alone.
  for (const server of config.servers ?? []) Object.assign(server, { 'x-internal': false });
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemDetails, ...new Set(WEBHOOK_MESSAGES.map(({ model }) => model))],
    operationIdFactory: operationId,
  });
  describeRequests(document, requestTypesOf(app, operationId));
  describeLimits(document);
  describeFailures(document);
  describeAnswers(document);
  describeConditional(document);
  describeWholeNumbers(document.paths);
  describeWholeNumbers(document.components?.schemas);
  describeKeysInQueries(document);
  describeIntent(document);
  describeBodiesLeftOut(document);
  return withoutNullable(describeWebhooks(document));
}

/** The headers of Standard Webhooks, with an example each. */
const WEBHOOK_HEADERS = {
  'webhook-id': ['msg_dHVuYWZpc2hzYW5kd2ljaGZvcmx1bmNo', 'The message: the same at every attempt.'],
  'webhook-timestamp': ['1763892000', 'When this attempt was made, in seconds since 1970.'],
  'webhook-signature': [
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    'HMAC-SHA-256 of "id.timestamp.body" under the secret; while a secret is being replaced two, separated by a space.',
  ],
} as const;

/** What is posted to sites; the generator knows of routes only. */
function describeWebhooks(document: OpenAPIObject): OpenAPIObject {
  const parameters = Object.entries(WEBHOOK_HEADERS).map(([name, [example, description]]) => ({
    in: 'header',
    name,
    description,
    required: true,
    schema: { type: 'string' },
    example,
  }));
  const webhooks = WEBHOOK_MESSAGES.map(({ type, model, summary }) => [
    type,
    {
      post: {
        operationId: `on ${type}`.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()),
        tags: ['Webhooks'],
        summary,
        parameters,
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: getSchemaPath(model) } } },
        },
        responses: {
          '2XX': { description: 'Delivered.' },
          410: { description: 'The endpoint is gone: it is disabled.' },
          default: { description: 'Tried again later; `Retry-After` counts with 429 and 503.' },
        },
      },
    },
  ]);
  return { ...document, webhooks: Object.fromEntries(webhooks) as Record<string, unknown> } as OpenAPIObject;
}

/** The guard reads a publishable key from the query of every GET, for where no header can be sent. */
function describeKeysInQueries(document: OpenAPIObject): void {
  for (const { method, operation } of operationsOf(document)) {
    if (method !== 'get' || operation.security?.some((scheme) => SECURITY.publishable in scheme) !== true)
      continue;
    operation.security = [...operation.security, { [SECURITY.publishableInQuery]: [] }];
  }
}

/** Whatever a cookie changes needs the session's token beside it. */
function describeIntent(document: OpenAPIObject): void {
  for (const { method, operation } of operationsOf(document)) {
    if (method === 'get') continue;
    for (const scheme of operation.security ?? []) {
      if (SECURITY.session in scheme) Object.assign(scheme, { [SECURITY.csrf]: [] });
    }
  }
}

/** A body none of whose fields is required need not be sent. */
function describeBodiesLeftOut(document: OpenAPIObject): void {
  for (const { operation } of operationsOf(document)) {
    const body = operation.requestBody;
    if (body === undefined || '$ref' in body) continue;
    const named = namedSchema(document, body.content['application/json']?.schema);
    if (named !== undefined) body.required = (named.required ?? []).length > 0;
  }
}
