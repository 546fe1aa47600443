import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import { etagOf } from '../objects/object-row';
import { Answer } from './answer';
import { isKnown } from './etag';

/** Gives answers their status and headers: the ETag of an object, the link of a page. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<Request>();
    const response = execution.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((result) => {
        if (response.headersSent) return result;
        const body: unknown = result instanceof Answer ? result.body : result;
        if (result instanceof Answer) response.status(result.status).set(result.headers);
        return describe(request, response, body);
      }),
    );
  }
}

function describe(request: Request, response: Response, body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const version = versionOf(body);
  if (version !== undefined) {
    response.set('ETag', etagOf(version));
    if (request.method === 'GET' && isKnown(request.headers['if-none-match'], etagOf(version))) {
      response.status(304);
      return undefined;
    }
  }
  if ('nextCursor' in body && typeof body.nextCursor === 'string')
    response.set('Link', `<${nextLink(request, body.nextCursor)}>; rel="next"`);
  return body;
}

function versionOf(body: object): string | undefined {
  if (!('metadata' in body) || typeof body.metadata !== 'object' || body.metadata === null) return undefined;
  return 'resourceVersion' in body.metadata && typeof body.metadata.resourceVersion === 'string'
    ? body.metadata.resourceVersion
    : undefined;
}

function nextLink({ originalUrl }: Request, cursor: string): string {
  const [path = '', query] = originalUrl.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters}`;
}
