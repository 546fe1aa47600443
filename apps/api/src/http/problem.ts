import { type ErrorCode, errorFacts, type FieldError, NetyardError } from '@netyard/contracts';
import { HttpException } from '@nestjs/common';
import { databaseFault } from '../database/database-fault';
import { problemType } from './openapi-document';

/** A refusal as the client gets it (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  requestId: string;
  retryable: boolean;
  errors: FieldError[];
}

/** What went wrong, as an error of ours: those of Express, of Nest and of the database are translated. Anything else is `internal`, with its cause kept for the log. */
export function toNetyardError(error: unknown): NetyardError {
  if (error instanceof NetyardError) return error;
  const status = statusOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (status === 404) return new NetyardError('not-found', message);
  if (status === 413) return new NetyardError('payload-too-large', 'the body has more than 1 MiB');
  if (status === 415) return new NetyardError('unsupported-media-type', message);
  if (status !== undefined && status >= 400 && status < 500)
    return new NetyardError('invalid-request', status === 400 && isParseError(error) ? `the body is no JSON: ${message}` : message);
  const { isUnavailable, isUnstorable } = databaseFault(error);
  if (isUnavailable) return new NetyardError('unavailable', 'the database cannot be reached', [], {}, { cause: error });
  if (isUnstorable)
    return new NetyardError('invalid-request', 'a text holds a character that none may have, such as U+0000 or half a surrogate pair');
  return new NetyardError('internal', 'something went wrong inside Netyard; the log knows it by the request id', [], {}, { cause: error });
}

export function toProblem(error: NetyardError, instance: string, requestId: string): Problem {
  const code: ErrorCode = error.code;
  const { httpStatus, title, retryable } = errorFacts[code];
  return {
    type: problemType(code),
    title,
    status: httpStatus,
    detail: error.message,
    instance,
    requestId,
    retryable,
    errors: error.fields,
  };
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

const isParseError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.parse.failed';
