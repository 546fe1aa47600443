import fc, { type Arbitrary } from 'fast-check';
import { nameOf, type Document, type Operation, type Schema } from './operation';

/** A request, as it goes out. */
export interface FuzzedRequest {
  operation: Operation;
  caller: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Text that programs have stumbled over: control characters, half a surrogate pair, names of prototypes, what means something to SQL, shells, paths and formats. */
const hostileTexts = [
  ...['', ' ', '\u0000', 'a\u0000b', '\ud800', '\u202e', 'é', '💥', 'a'.repeat(300), 'x'.repeat(70_000)],
  ...['__proto__', 'constructor', 'toString', 'null', 'undefined', 'NaN', '0', '-1', '1e309', '%', '%00', '..', '../..', './/'],
  ...[`'; DROP TABLE network; --`, '$(id)', '`id`', '{{7*7}}', '<script>', '\\', '"', '\r\nX-Evil: 1', '*', '**', '!a', 'a=b=c', ','],
  ...[
    '00000000-0000-0000-0000-000000000000',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.1/8',
    '300.1.1.1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '010.0.0.1',
  ],
];

const hostileNumbers = [0, -1, 1.5, 65_535, 65_536, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, -0];

const hostileValues: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { __proto__x: 1 }, { constructor: { prototype: {} } }),
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(...hostileNumbers),
  fc.constant(Array.from({ length: 2_000 }, () => 0)),
);

/** Words by the field, or the part of a path, that they go into. */
export type Vocabulary = Record<string, readonly string[]>;

/** Who asks: how often beside others, and for what rather than for anything. */
export interface Asker {
  caller: string;
  share: number;
  may(operation: Operation): boolean;
}

/**
 * Requests that mostly fit the document, with something wrong here and there. `known`: words that mean something in this deployment. Of two requests of a
 * caller one is for what it may do.
 */
export function requests(
  document: Document,
  operations: Operation[],
  known: Vocabulary,
  askers: readonly Asker[],
): Arbitrary<FuzzedRequest> {
  const values = new Values(document, known);
  return fc.oneof(
    ...askers.map(({ caller, share, may }) => {
      const allowed = operations.filter(may);
      const any = fc.constantFrom(...operations);
      const operation = allowed.length === 0 ? any : fc.oneof(any, fc.constantFrom(...allowed));
      return { weight: share, arbitrary: operation.chain((one) => values.request(one, caller)) };
    }),
  );
}

class Values {
  readonly #words: Arbitrary<string>;

  constructor(
    private readonly document: Document,
    private readonly known: Vocabulary,
  ) {
    this.#words = fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...Object.values(known).flat()) },
      { weight: 2, arbitrary: fc.constantFrom(...hostileTexts) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
      { weight: 1, arbitrary: fc.uuid() },
    );
  }

  request(operation: Operation, caller: string): Arbitrary<FuzzedRequest> {
    const named = (place: string) => operation.parameters.filter((parameter) => parameter.in === place);
    const path = fc
      .tuple(
        ...named('path').map(({ name }) =>
          this.#word(pathField(operation.path, name)).map((word) => [name, word.slice(0, 2_000) || '%20'] as const),
        ),
      )
      .map((parts) => parts.reduce((text, [name, word]) => text.replace(`{${name}}`, () => encode(word)), operation.path));
    const query = fc.tuple(
      ...named('query').map(({ name, schema }) =>
        in4(this.#scalar(schema, name), 1).map((value) => (value === undefined ? [] : [`${encode(name)}=${encode(value)}`])),
      ),
      fc.tuple(in4(this.#words, 1), fc.nat(9)).map(([word, chance]) => (word === undefined || chance > 0 ? [] : [`${encode(word)}=1`])),
    );
    return fc
      .record({
        caller: fc.constant(caller),
        path,
        query: query.map((parts) => parts.flat().join('&').slice(0, 6_000)),
        headers: this.#headers(operation),
        body: operation.body === null ? fc.constant(null) : this.#bodyText(operation.body),
      })
      .map(({ query: text, path: place, ...rest }) => ({ ...rest, operation, path: text === '' ? place : `${place}?${text}` }));
  }

  /** Nothing is waited for: hosts answer, or have nothing to do. */
  #headers({ parameters }: Operation): Arbitrary<Record<string, string>> {
    const choices: Record<string, string[]> = {
      Prefer: ['respond-async', 'wait=0', 'wait=-1', 'wait=x', 'wait=99999999999999999999', '""', 'return=minimal'],
      'If-Match': ['"1"', '"2"', '*', 'W/"1"', '"x"', '1', '""', `"${'9'.repeat(40)}"`],
      'If-None-Match': ['"1"', '*', 'W/"1"', 'x'],
      'Idempotency-Key': ['k1', 'k2', 'k3', ' ', 'x'.repeat(256), 'é'],
      'Last-Event-ID': ['0', '1', '-1', 'x', `${'9'.repeat(30)}`, ''],
    };
    const given = parameters.flatMap((parameter) => (parameter.in === 'header' && choices[parameter.name] ? [parameter.name] : []));
    const tenant = fc.constantFrom('other', 'other', 'default', 'nowhere', '00000000-0000-0000-0000-000000000000', ' ');
    return fc
      .tuple(
        nowAndThen(tenant).map((value) => ['Netyard-Tenant', value] as const),
        ...given.map((name) => in4(fc.constantFrom(...(choices[name] ?? [])), 1).map((value) => [name, value] as const)),
      )
      .map((entries) => ({
        ...(given.includes('Prefer') ? { Prefer: 'respond-async' } : {}),
        ...Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
      }));
  }

  #bodyText(schema: Schema): Arbitrary<string> {
    return fc.oneof(
      { weight: 40, arbitrary: this.#value(schema, 0, '').map((value) => JSON.stringify(value) ?? 'null') },
      { weight: 2, arbitrary: hostileValues.map((value) => JSON.stringify(value) ?? '') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '{',
          '',
          '[]',
          '"',
          '{"__proto__":{"a":1}}',
          '{"metadata":{"__proto__":1}}',
          `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
        ),
      },
    );
  }

  #scalar(schema: Schema = {}, field: string): Arbitrary<string> {
    const inner = schema.items ?? schema;
    return this.#value(inner, 3, field).map((value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')));
  }

  /** Now and then something else than the schema wants. */
  #value(schema: Schema, depth: number, field: string): Arbitrary<unknown> {
    return fc.oneof({ weight: 40, arbitrary: this.#fitting(schema, depth, field) }, { weight: 1, arbitrary: hostileValues });
  }

  #fitting(schema: Schema, depth: number, field: string): Arbitrary<unknown> {
    if (schema.$ref !== undefined) return this.#fitting(this.document.components.schemas[nameOf(schema.$ref)] ?? {}, depth, field);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => this.#fitting(choice, depth, field)));
    if (schema.allOf !== undefined) return this.#fitting(schema.allOf[0] ?? {}, depth, field);
    const [type = 'string'] = [schema.type].flat().filter((one) => one !== 'null');
    switch (type) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return fc.array(this.#value(schema.items ?? {}, depth + 1, field), { maxLength: depth > 4 ? 0 : 3 });
      case 'integer':
      case 'number':
        return this.#number(schema);
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return this.#text(schema, field);
    }
  }

  #object({ properties = {}, required = [], additionalProperties }: Schema, depth: number): Arbitrary<unknown> {
    const entries = Object.entries(properties).map(([name, inner]) => {
      const value = this.#value(inner, depth + 1, name);
      return (required.includes(name) ? likely(value) : in4(value, 1)).map((one) => [name, one] as const);
    });
    const isOpen = additionalProperties !== undefined && additionalProperties !== false;
    const pair = fc.tuple(this.#words, hostileValues);
    const extra = (isOpen ? in4(pair, 2) : unlikely(pair)).map((one) => one ?? (['', undefined] as const));
    return fc
      .tuple(...entries, extra)
      .map((pairs) =>
        Object.fromEntries(pairs.filter(([, value]) => value !== undefined).map(([name, value]) => [name.slice(0, 300), value])),
      );
  }

  #number({ minimum = 0, maximum = 10_000, example }: Schema): Arbitrary<number> {
    return fc.oneof(
      fc.integer({ min: Math.ceil(minimum), max: Math.floor(Math.max(minimum, maximum)) }),
      fc.constantFrom(typeof example === 'number' ? example : minimum, minimum, maximum),
      { weight: 1, arbitrary: fc.constantFrom(...hostileNumbers) },
    );
  }

  #text({ example }: Schema, field: string): Arbitrary<string> {
    const word = this.#word(field);
    return typeof example === 'string' && !(field in this.known) ? fc.oneof(fc.constant(example), word) : word;
  }

  /** Mostly one that means something there. */
  #word(field: string): Arbitrary<string> {
    const own = this.known[field];
    return own ? fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...own) }, { weight: 1, arbitrary: this.#words }) : this.#words;
  }
}

/** What a parameter of a path is a name of: `ref` in /v1/networks/{ref} of one of `networks`. */
const pathField = (path: string, parameter: string): string => (parameter === 'ref' ? (path.split('/')[2] ?? '') : parameter);

/** Is there in so many of four cases, in all but a few, or in a few. */
const in4 = <T>(value: Arbitrary<T>, times: number): Arbitrary<T | undefined> =>
  fc.oneof({ weight: times, arbitrary: value }, { weight: 4 - times, arbitrary: fc.constant(undefined) });
const likely = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 40, arbitrary: value }, { weight: 1, arbitrary: fc.constant(undefined) });
const unlikely = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: value }, { weight: 60, arbitrary: fc.constant(undefined) });

const nowAndThen = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: value }, { weight: 9, arbitrary: fc.constant(undefined) });

/** Half a surrogate pair cannot be written as UTF-8. */
const encode = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
