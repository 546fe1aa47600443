import Ajv2020 from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import type { Document, Operation, Schema } from './operation';

/** An answer, as it came in. */
export interface Received {
  status: number;
  mediaType: string;
  body: string;
}

/** Holds answers against the document: their status, media type and every field of their body. */
export class AnswerCheck {
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  readonly #checks = new Map<Schema, ValidateFunction>();

  constructor(document: Document) {
    this.#ajv.addSchema({ $id: 'document', components: { schemas: closed(document.components.schemas) } });
  }

  /** What is wrong with the answer; null: nothing. */
  faultOf(operation: Operation, { status, mediaType, body }: Received): string | null {
    const documented = operation.answers.get(status);
    if (documented === undefined) return `status ${status} is not documented`;
    if (documented === null) return body === '' ? null : `a body with status ${status}, which has none`;
    if (mediaType !== documented.mediaType) return `media type ${mediaType} instead of ${documented.mediaType}`;
    if (operation.isStream && status === 200) return null;
    const check = this.#checkOf(documented.schema);
    const value: unknown = /[/+]json$/.test(mediaType) ? JSON.parse(body) : body;
    return check(value) ? null : this.#ajv.errorsText(check.errors, { dataVar: 'body' });
  }

  #checkOf(schema: Schema): ValidateFunction {
    const known = this.#checks.get(schema);
    if (known) return known;
    const made = this.#ajv.compile(closed(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as Schema));
    this.#checks.set(schema, made);
    return made;
  }
}

/** Fields that the document does not name are faults, though a client has to bear them. */
function closed<Value>(value: Value, isPart = false): Value {
  if (Array.isArray(value)) return value.map((one: unknown) => closed(one, isPart)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, closed(inner as unknown, key === 'allOf')]),
  ) as Schema;
  const isAny = schema.properties !== undefined && schema.type === 'object' && schema.additionalProperties === undefined;
  if (schema.allOf !== undefined && !isPart) schema['unevaluatedProperties'] = false;
  else if (isAny && !isPart) schema.additionalProperties = false;
  return schema as Value;
}
