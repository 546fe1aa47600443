import { createHash } from 'node:crypto';
import { errorFacts, NetyardError } from '@netyard/contracts';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import type { Response } from 'express';
import { catchError, from, mergeMap, type Observable, of } from 'rxjs';
import { Database } from '../database/database';
import { inTenant } from '../database/scope';
import { toNetyardError, toProblem } from './problem';
import type { AuthenticatedRequest } from './request-context';

/** After so long a request that has not answered is taken for dead with its process. */
const deadAfterSeconds = 120;
export const idempotencyHours = 24;
/** Headers that belong to the answer. */
const keptHeaders = ['etag', 'preference-applied'];

const shownOnceKey = 'netyard:shown-once';
/** A route whose answer holds a secret. */
export const ShownOnce = (): MethodDecorator => SetMetadata(shownOnceKey, true);

interface StoredAnswer {
  fingerprint: string;
  response_status: number | null;
  response_body: unknown;
  response_headers: Record<string, string> | null;
}

/** Makes POST repeatable where the client gives an `Idempotency-Key`: the first answer is kept for a day and given again. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(@Inject(Database) private readonly database: Database) {}

  async intercept(execution: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const request = execution.switchToHttp().getRequest<AuthenticatedRequest>();
    const response = execution.switchToHttp().getResponse<Response>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined || request.netyard === undefined) return next.handle();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
      throw new NetyardError('invalid-request', 'Idempotency-Key must have 1 to 255 printable characters without blanks');
    // Secrets are shown once, and not kept to be shown again.
    if (Reflect.hasMetadata(shownOnceKey, execution.getHandler()))
      throw new NetyardError('invalid-request', 'the answer holds a secret and is not kept: Idempotency-Key cannot be used here');
    const { tenantId } = request.netyard;
    const stored = await this.#claim(tenantId, key, fingerprintOf(request));
    if (stored) return of(replay(response, stored));
    return next.handle().pipe(
      mergeMap(async (body) => {
        await inTenant(tenantId, () => this.#keep(tenantId, key, response.statusCode, body, headersOf(response)));
        return body;
      }),
      catchError((thrown: unknown) => from(inTenant(tenantId, () => this.#keepError(request, tenantId, key, thrown)))),
    );
  }

  /** The answer that there is; undefined when the key is now this request's. Throws NetyardError when it is another's. */
  async #claim(tenantId: string, key: string, fingerprint: string): Promise<StoredAnswer | undefined> {
    const claimed = await this.database.query(
      `INSERT INTO idempotency AS i (tenant_id, key, fingerprint) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, created_at = now(), response_status = NULL
       WHERE (i.response_status IS NULL AND i.fingerprint = excluded.fingerprint AND i.created_at < now() - make_interval(secs => ${deadAfterSeconds})) OR i.created_at < now() - interval '${idempotencyHours} hours'
       RETURNING key`,
      [tenantId, key, fingerprint],
    );
    if (claimed.length > 0) return undefined;
    const [stored] = await this.database.query<StoredAnswer & Record<string, unknown>>(
      'SELECT fingerprint, response_status, response_body, response_headers FROM idempotency WHERE tenant_id = $1 AND key = $2',
      [tenantId, key],
    );
    if (stored && stored.fingerprint !== fingerprint)
      throw new NetyardError('idempotency-mismatch', `the Idempotency-Key ${key} was used with another request: another path or body`);
    if (!stored || stored.response_status === null)
      throw new NetyardError('idempotency-running', `the first request with the Idempotency-Key ${key} has not been answered yet`);
    return stored;
  }

  async #keep(tenantId: string, key: string, status: number, body: unknown, headers: Record<string, string>): Promise<void> {
    await this.database.query(
      'UPDATE idempotency SET response_status = $3, response_body = $4, response_headers = $5 WHERE tenant_id = $1 AND key = $2',
      [tenantId, key, status, JSON.stringify(body ?? null), headers],
    );
  }

  /** A refusal is an answer like any other; what went wrong on our side may be tried again. */
  async #keepError(request: AuthenticatedRequest, tenantId: string, key: string, thrown: unknown): Promise<never> {
    const error = toNetyardError(thrown);
    const { httpStatus } = errorFacts[error.code];
    if (httpStatus >= 500) await this.database.query('DELETE FROM idempotency WHERE tenant_id = $1 AND key = $2', [tenantId, key]);
    else await this.#keep(tenantId, key, httpStatus, toProblem(error, request.path, request.netyard.requestId), {});
    throw thrown;
  }
}

/** Whose request it is belongs to it: nobody is given the answer of somebody else. */
const fingerprintOf = ({ method, originalUrl, body, netyard: { principal } }: AuthenticatedRequest): string =>
  createHash('sha256')
    .update(`${principal.id ?? principal.name} ${method} ${originalUrl}\n${JSON.stringify(body ?? null)}`)
    .digest('hex');

function headersOf(response: Response): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => (typeof response.getHeader(name) === 'string' ? [[name, String(response.getHeader(name))]] : [])),
  );
}

function replay(response: Response, { response_status: status, response_body: body, response_headers: headers }: StoredAnswer): unknown {
  response
    .status(status ?? 200)
    .set(headers ?? {})
    .set('Idempotent-Replayed', 'true');
  if ((status ?? 200) >= 400) response.type('application/problem+json');
  return body ?? undefined;
}
