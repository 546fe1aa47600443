import type { RouteAccess } from '../../../apps/api/src/access/access';

/** As much of a JSON schema as values can be made from. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  example?: unknown;
  [other: string]: unknown;
}

interface Parameter {
  in: string;
  name: string;
  schema?: Schema;
}

interface AnswerObject {
  $ref?: string;
  content?: Record<string, { schema: Schema }>;
}

interface OperationObject {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, AnswerObject>;
  'x-access'?: RouteAccess;
}

/** As much of an OpenAPI document as requests can be made from. */
export interface Document {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, AnswerObject> };
}

/** The body that an answer may have. */
export interface AnswerBody {
  mediaType: string;
  schema: Schema;
}

/** One thing that can be asked of the API. */
export interface Operation {
  method: string;
  /** With `{name}` for its parameters. */
  path: string;
  parameters: Parameter[];
  body: Schema | null;
  /** What it does to what; null: it is for everybody. */
  access: RouteAccess | null;
  /** What may be answered, by status; null: without a body. */
  answers: Map<number, AnswerBody | null>;
  /** Its answer does not end by itself. */
  isStream: boolean;
}

/** Everything that the document says can be asked. */
export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Operation => {
      const answers = new Map(
        Object.entries(operation.responses).map(([status, answer]) => [Number(status), bodyOf(resolved(answer, document))] as const),
      );
      return {
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: bodyOf(operation.requestBody ?? {})?.schema ?? null,
        access: operation['x-access'] ?? null,
        answers,
        isStream: answers.get(200)?.mediaType === 'text/event-stream',
      };
    }),
  );
}

const resolved = (answer: AnswerObject, document: Document): AnswerObject =>
  answer.$ref === undefined ? answer : (document.components.responses[nameOf(answer.$ref)] ?? answer);

function bodyOf({ content }: Pick<AnswerObject, 'content'>): AnswerBody | null {
  const [entry] = Object.entries(content ?? {});
  return entry ? { mediaType: entry[0], schema: entry[1].schema } : null;
}

/** The last part of a reference. */
export const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
