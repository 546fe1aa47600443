import { errorFacts } from '@netyard/contracts';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PinoLogger } from 'nestjs-pino';
import { requestIdOf } from './request-id';
import { toNetyardError, toProblem } from './problem';

/** Turns whatever was thrown into a problem document. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(PinoLogger) private readonly logger: PinoLogger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = toNetyardError(thrown);
    const problem = toProblem(error, request.path, requestIdOf(request));
    if (errorFacts[error.code].httpStatus >= 500)
      this.logger.error(
        { requestId: problem.requestId, err: error.cause ?? error, context: error.context },
        `${request.method} ${request.path} failed`,
      );
    if (response.headersSent) {
      response.end();
      return;
    }
    const { etag } = error.context;
    if (typeof etag === 'string') response.setHeader('ETag', etag);
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="netyard"');
    if (problem.status === 429 || problem.status === 503) response.setHeader('Retry-After', '1');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
