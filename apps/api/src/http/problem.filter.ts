import { errorFacts, type NetyardError } from '@netyard/contracts';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PinoLogger } from 'nestjs-pino';
import { AuditLog } from '../audit/audit-log';
import { auditRecordOf, isAudited } from '../audit/audited-request';
import { rateLimitHeaders, rateLimitOf } from './rate-limit';
import { requestIdOf } from './request-id';
import { type Problem, toNetyardError, toProblem } from './problem';

/** A second, unless a limit says how long. */
const retryAfterOf = (error: NetyardError): string => String(rateLimitOf(error)?.resetSeconds ?? 1);

/** Turns whatever was thrown into a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(PinoLogger) private readonly logger: PinoLogger,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = toNetyardError(thrown);
    const problem = toProblem(error, request.path, requestIdOf(request));
    if (errorFacts[error.code].httpStatus >= 500)
      this.logger.error(
        { requestId: problem.requestId, err: error.cause ?? error, context: error.context },
        `${request.method} ${request.path} failed`,
      );
    await this.#record(request, problem);
    if (response.headersSent) {
      response.end();
      return;
    }
    const { etag } = error.context;
    if (typeof etag === 'string') response.setHeader('ETag', etag);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="netyard"');
    if (problem.status === 429 || problem.status === 503) response.setHeader('Retry-After', retryAfterOf(error));
    const limit = rateLimitOf(error);
    if (limit) response.set(rateLimitHeaders(limit));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  /** A refusal stands whether or not it can be written down. */
  async #record(request: Request, { status, type, detail }: Problem): Promise<void> {
    if (!isAudited(request, status)) return;
    const none = { before: null, after: null };
    await this.audit
      .record({ ...auditRecordOf(request), status, problem: { type, detail }, ...none })
      .catch((error: unknown) => this.logger.error({ requestId: requestIdOf(request), err: error }, 'a refusal could not be written down'));
  }
}
