import { type ErrorCode, errorFacts } from '@netyard/contracts';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { watchUpsertSchema } from '../watch/watch.dto';
import type { OperationObject, ParameterObject, ResponsesObject, SchemaObject } from './openapi-types';

const codes = Object.keys(errorFacts) as ErrorCode[];
const statuses = [...new Set(codes.map((code) => errorFacts[code].httpStatus))].sort((a, b) => a - b);

/** The stable `type` of a problem; relative (RFC 9457 section 3.1.1), so it needs no host that outlives us all. */
export const problemType = (code: ErrorCode): string => `/problems/${code}`;

/** The OpenAPI document: routes and bodies from the controllers, and here what holds for all of them alike. */
export function buildDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('Netyard')
    .setDescription('A control plane for container networks: networks, sandboxes and the endpoints between them, made real on Linux hosts.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'token')
    .addSecurityRequirements('token')
    .build();
  const document = SwaggerModule.createDocument(app, options);
  const components = (document.components ??= {});
  components.schemas = { ...components.schemas, ...problemSchemas(), WatchUpsert: watchUpsertSchema };
  components.responses = problemResponses();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'put', 'post', 'patch', 'delete'] as const) {
      const operation = item[method];
      if (!operation) continue;
      describePathParameters(path, operation);
      describeConventions(path, method, operation);
    }
  }
  return withoutSuffix(document);
}

/** To those outside a `NetworkDto` is a Network. */
function withoutSuffix(document: OpenAPIObject): OpenAPIObject {
  return JSON.parse(
    JSON.stringify(document)
      .replaceAll(/"#\/components\/schemas\/(\w+)Dto"/g, '"#/components/schemas/$1"')
      .replaceAll(/"(\w+)Dto":\{/g, '"$1":{'),
  ) as OpenAPIObject;
}

/** A token has none. */
const isOwnSessions = /^\/v1\/sessions$/;

/** What the host is asked about, which may object. */
const isInquiry = /\/(resolver|stack|counters|tunnels)$/;

/** What stands in a path is a parameter, also where a handler has it from the guard. */
function describePathParameters(path: string, operation: OperationObject): void {
  const described = new Set(operation.parameters?.map((parameter) => ('name' in parameter ? parameter.name : undefined)));
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g))
    if (!described.has(name)) (operation.parameters ??= []).push({ name, in: 'path', required: true, schema: { type: 'string' } });
}

/** Headers and refusals that routes of a sort share. */
function describeConventions(path: string, method: 'get' | 'put' | 'post' | 'patch' | 'delete', operation: OperationObject): void {
  const isObject = /\{(ref|name|tenant|with)\}/.test(path);
  const isCollection = !path.endsWith('}');
  const isStream = path.endsWith('/feed') || path === '/v1/watch';
  const isWorkers = /\/(registration|feed|reports)$/.test(path);
  const changes = method !== 'get' && !isWorkers;
  const isVerb = /\/(join|leave)$/.test(path);
  const parameters: (typeof headers)[keyof typeof headers][] = [];
  // A tenant that is named, and is none that there is for whoever asks, is not found.
  const refusals = new Set([400, 401, 403, 404, 429, 500, 503]);
  if (!isWorkers && !path.includes('{tenant}')) parameters.push(headers.tenant);
  const isShownOnce = /\/(tokens|sessions|enrolments|oidc)$/.test(path);
  if (method === 'post' && !isWorkers && !isShownOnce) parameters.push(headers.idempotencyKey);
  if (changes && (method !== 'post' || isVerb) && !/^\/v1\/(probes|sessions?)|\/(shares|enrolments)\/|\/credential$/.test(path))
    parameters.push(headers.ifMatch);
  if (changes && !/^\/v1\/(hosts|tenants|tokens|users|sessions?|sign-in)|\/shares\//.test(path)) parameters.push(headers.prefer);
  if (isOwnSessions.test(path)) refusals.add(422);
  if (changes) for (const status of [409, 412, 413, 415, 422]) refusals.add(status);
  if (isWorkers) for (const status of [413, 415, 422]) refusals.add(status);
  if (path === '/v1/watch') refusals.add(410);
  if (isInquiry.test(path)) refusals.add(422);
  if (path === '/v1/endpoints/{ref}/counters') refusals.add(409);
  if (method === 'get' && isObject && !isStream && !(isCollection && path.includes('{tenant}')) && !/\/(shares|addresses)$/.test(path)) {
    parameters.push(headers.ifNoneMatch);
    operation.responses['304'] = { description: 'Nothing has changed since the ETag that was given.' };
  }
  operation.parameters = [...(operation.parameters ?? []), ...parameters];
  const responses: ResponsesObject = operation.responses;
  for (const status of refusals) responses[String(status)] = { $ref: `#/components/responses/Problem${status}` };
  const [success] = ['200', '201'].flatMap((status) => responses[status] ?? []);
  if (success && !('$ref' in success) && isObject && !isStream && !path.startsWith('/v1/drivers'))
    success.headers = { ETag: { description: 'The resource version, in quotes.', schema: { type: 'string' } } };
}

const header = (name: string, description: string, schema: SchemaObject = { type: 'string' }): ParameterObject => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});

const headers = {
  idempotencyKey: header('Idempotency-Key', 'Makes the request repeatable for 24 h: the same key and body get the first answer again.', {
    type: 'string',
    minLength: 1,
    maxLength: 255,
  }),
  tenant: header(
    'Netyard-Tenant',
    'Name or id of the tenant that the request is about, for who may act in several; the token’s own, or `default`, when left out.',
  ),
  ifMatch: header('If-Match', 'ETag that the object must still have.'),
  ifNoneMatch: header('If-None-Match', 'ETag of what is known already.'),
  prefer: header(
    'Prefer',
    '`wait=N` (RFC 7240): hold the answer until the hosts are ready or clean, N ≤ 60 seconds. `respond-async`: never hold it.',
    { type: 'string', examples: ['wait=10'] } as SchemaObject,
  ),
};

function problemSchemas(): Record<string, SchemaObject> {
  const field: SchemaObject = {
    type: 'object',
    required: ['pointer', 'detail'],
    properties: {
      pointer: {
        type: 'string',
        example: '/spec/subnets/0/cidr',
        description: 'JSON pointer into the body, or ?name of a query parameter.',
      },
      detail: { type: 'string' },
    },
  };
  const problem: SchemaObject = {
    type: 'object',
    description: 'A refusal (RFC 9457).',
    required: ['type', 'title', 'status', 'detail', 'instance', 'requestId', 'retryable', 'errors'],
    properties: {
      type: { type: 'string', enum: codes.map(problemType) },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: {
        type: 'string',
        description: 'What went wrong; names the culprit.',
        example: '10.1.0.0/24 overlaps network lab-3 (10.1.0.0/16)',
      },
      instance: { type: 'string', description: 'The path that was asked for.' },
      requestId: { type: 'string' },
      retryable: { type: 'boolean', description: 'Whether the same request may succeed later.' },
      errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
    },
  };
  return { FieldError: field, Problem: problem };
}

const retryAfter = { description: 'Seconds after which to ask again.', schema: { type: 'integer' as const } };

/** Headers of refusals that pass by themselves. */
const refusalHeaders: Record<number, NonNullable<NonNullable<OpenAPIObject['components']>['headers']>> = {
  429: {
    'Retry-After': retryAfter,
    RateLimit: {
      description: 'Which limit it is, how many are left (`r`), and the seconds until there are all (`t`).',
      schema: { type: 'string', example: '"requests";r=0;t=21' },
    },
    'RateLimit-Policy': {
      description: 'How many there are (`q`) in how many seconds (`w`).',
      schema: { type: 'string', example: '"requests";q=6000;w=60' },
    },
  },
  503: { 'Retry-After': retryAfter },
};

function problemResponses(): NonNullable<NonNullable<OpenAPIObject['components']>['responses']> {
  const response = (status: number) => {
    const possible = codes.filter((code) => errorFacts[code].httpStatus === status);
    const narrowed: SchemaObject = { type: 'object', properties: { type: { type: 'string', enum: possible.map(problemType) } } };
    return {
      description: possible.map((code) => errorFacts[code].title).join('; or: '),
      ...(status in refusalHeaders ? { headers: refusalHeaders[status] } : {}),
      content: { 'application/problem+json': { schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, narrowed] } } },
    };
  };
  return Object.fromEntries(statuses.map((status) => [`Problem${status}`, response(status)]));
}
