import { badCursor } from '../http/cursor';
import type { ListQuery } from '../http/list.dto';
import { splitReferences } from './object-row';
import { LabelSelector } from './label-selector';

/** The conditions, order and bounds of a list over one table, as SQL: rows of the page and one more, to see whether there is a next one. */
export class PageQuery {
  readonly values: unknown[] = [];
  readonly limit: number;
  readonly #conditions = ['true'];
  readonly #column: 'name' | 'created_at';
  readonly #descending: boolean;
  readonly #sort: string;

  /**
   * `tenantId` is null for what belongs to no tenant; `others` are ids of rows that are another's, and shown all the same. Throws NetyardError for a cursor or
   * selector that cannot be read.
   */
  constructor(
    private readonly table: string,
    tenantId: string | null,
    { limit = 100, sort = 'createdAt', cursor, name, labelSelector }: ListQuery,
    others: string[] = [],
  ) {
    this.limit = limit;
    this.#sort = sort;
    this.#descending = sort.startsWith('-');
    this.#column = sort.endsWith('name') ? 'name' : 'created_at';
    if (tenantId !== null) {
      const own = `tenant_id = ${this.bind(tenantId)}`;
      this.where(others.length === 0 ? own : `(${own} OR id = ANY (${this.bind(others)}::uuid[]))`);
    }
    if (name) this.where(`name = ANY (${this.bind(name)})`);
    if (labelSelector !== undefined) this.where(LabelSelector.parse(labelSelector).toSql('labels', (value) => this.bind(value)));
    if (cursor !== undefined) this.#startAfter(cursor);
  }

  bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  where(condition: string): void {
    this.#conditions.push(condition);
  }

  /** Keeps rows whose column refers to one of the objects named. */
  whereRefers(column: string, table: string, refs: string[] | undefined): void {
    if (refs) this.where(`${column} IN (${this.referenced(table, refs)})`);
  }

  /** Ids of the objects named. */
  referenced(table: string, refs: string[]): string {
    const { names, ids } = splitReferences(refs);
    // Names are those of the tenant, whose id is the first value; hosts are the deployment's.
    const named = `r.name = ANY (${this.bind(names)})`;
    return `SELECT r.id FROM ${table} r WHERE (${table === 'host' ? named : `r.tenant_id = $1 AND ${named}`}) OR r.id = ANY (${this.bind(ids)}::uuid[])`;
  }

  /** The page's rows of the table, to be used as a subquery. */
  get rows(): string {
    const direction = this.#descending ? 'DESC' : 'ASC';
    return `SELECT * FROM ${this.table} WHERE ${this.#conditions.join(' AND ')} ORDER BY ${this.#column} ${direction}, id ${direction} LIMIT ${this.limit + 1}`;
  }

  /** The page's order, for a query around `rows`. */
  order(alias: string): string {
    const direction = this.#descending ? 'DESC' : 'ASC';
    return `ORDER BY ${alias}.${this.#column} ${direction}, ${alias}.id ${direction}`;
  }

  /** What a cursor is made of, to be selected under this name: microseconds do not survive in a Date. */
  sortKey(alias: string): string {
    return `${alias}.${this.#column}::text AS sort_key`;
  }

  /** Cuts off what is beyond the page, and makes the cursor that leads there. */
  page<Row extends { id: string; sort_key: string }>(rows: Row[]): { rows: Row[]; nextCursor: string | null } {
    const kept = rows.slice(0, this.limit);
    const last = kept.at(-1);
    const nextCursor =
      rows.length > this.limit && last ? Buffer.from(JSON.stringify([this.#sort, last.sort_key, last.id])).toString('base64url') : null;
    return { rows: kept, nextCursor };
  }

  #startAfter(cursor: string): void {
    const [sort, key, id] = parseCursor(cursor);
    if (sort !== this.#sort) throw badCursor(`the cursor is one of a list sorted by ${sort}`);
    const type = this.#column === 'name' ? 'text' : 'timestamptz';
    this.where(`(${this.#column}, id) ${this.#descending ? '<' : '>'} (${this.bind(key)}::${type}, ${this.bind(id)}::uuid)`);
  }
}

function parseCursor(cursor: string): [string, string, string] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(parsed) &&
      parsed.length === 3 &&
      parsed.every((part) => typeof part === 'string') &&
      splitReferences([String(parsed[2])]).ids.length === 1
    ) {
      return parsed as [string, string, string];
    }
  } catch {
    // Said below.
  }
  throw badCursor();
}
