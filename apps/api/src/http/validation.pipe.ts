import { type FieldError, NetyardError } from '@netyard/contracts';
import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';

/** Names of fields of a PATCH that exist but stay as they were created, as pointers. */
export type WithImmutable = { immutable?: readonly string[] };

/** Checks bodies and query parameters against their classes: unknown fields are errors, and every error has a pointer. */
@Injectable()
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: false,
      validationError: { target: false, value: false },
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isQuery = metadata.type === 'query';
    // Reports have a schema of their own; paths are references, which services look up.
    if (metadata.type === 'param' || metadata.type === 'custom' || metadata.metatype === Object) return value;
    if (metadata.type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new NetyardError('invalid-request', 'the body must be a JSON object', [{ pointer: '', detail: 'must be an object' }]);
    }
    this.#assertMutable(value, metadata);
    this.exceptionFactory = (errors: ValidationError[]) => toError(errors, isQuery);
    const safe: unknown = isQuery ? { ...(value as object) } : value;
    return super.transform(safe, metadata);
  }

  #assertMutable(value: unknown, { metatype }: ArgumentMetadata): void {
    const fields = ((metatype as WithImmutable | undefined)?.immutable ?? [])
      .filter((pointer) => isAt(value, pointer))
      .map((pointer) => ({ pointer, detail: `${pointer.split('/').at(-1)} cannot be changed by PATCH` }));
    if (fields.length > 0) throw new NetyardError('invalid-value', fields.map(({ detail }) => detail).join('; '), fields);
  }
}

const isAt = (value: unknown, pointer: string): boolean =>
  pointer
    .slice(1)
    .split('/')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Record<string, unknown>)[key] : undefined,
      value,
    ) !== undefined;

function toError(errors: ValidationError[], isQuery: boolean): NetyardError {
  const fields = errors.flatMap((error) => flatten(error, ''));
  if (!isQuery) return new NetyardError('invalid-request', summary(fields), fields);
  const parameters = fields.map(({ pointer, detail }) => ({ pointer: `?${pointer.slice(1)}`, detail }));
  return new NetyardError('unknown-parameter', summary(parameters), parameters);
}

const summary = (fields: FieldError[]): string =>
  fields
    .slice(0, 10)
    .map(({ pointer, detail }) => `${pointer}: ${detail}`)
    .join('; ');

function flatten({ property, constraints = {}, children = [] }: ValidationError, parent: string): FieldError[] {
  const pointer = `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const broken = Object.entries(constraints);
  // One is enough; of a wrong type and what follows from it, the type.
  const worst = broken.find(([name]) => name === 'isArray') ?? broken.find(([name]) => name.startsWith('is')) ?? broken[0];
  const own = worst ? [{ pointer, detail: worst[0] === 'whitelistValidation' ? 'there is no such field' : worst[1] }] : [];
  return [...own, ...children.flatMap((child) => flatten(child, pointer))];
}
