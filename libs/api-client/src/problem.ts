import { errorFacts, type ErrorCode, type FieldError } from '@netyard/contracts';

/** An answer of the API that says why it refused (RFC 9457), as an error to throw. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly code: ErrorCode,
    readonly status: number,
    /** What went wrong, for people; names the culprit. */
    message: string,
    readonly fields: FieldError[],
    /** By which the API's log knows the request. */
    readonly requestId: string | null,
  ) {
    super(message);
  }
}

/** Reads a refusal out of the body of an answer; anything that is no problem document is told as its status. */
export function parseProblem(body: unknown, response: Response): ApiProblem {
  const requestId = response.headers.get('x-request-id');
  if (!isRecord(body)) return new ApiProblem(codeOf(undefined, response.status), response.status, fallbackMessage(response), [], requestId);
  const message = textOf(body['detail']) ?? textOf(body['title']) ?? fallbackMessage(response);
  const fields = Array.isArray(body['errors']) ? body['errors'].flatMap(fieldErrorOf) : [];
  return new ApiProblem(
    codeOf(textOf(body['type']), response.status),
    response.status,
    message,
    fields,
    textOf(body['requestId']) ?? requestId,
  );
}

/** Gives the data of an answer, or throws what it refused with. */
export function unwrap<Data>(answer: { data?: Data; error?: unknown; response: Response }): Data {
  if (answer.response.ok && answer.data !== undefined) return answer.data;
  throw parseProblem(answer.error, answer.response);
}

/** For answers that may have no body (204): throws what it refused with, or nothing. */
export function unwrapEmpty(answer: { error?: unknown; response: Response }): void {
  if (!answer.response.ok) throw parseProblem(answer.error, answer.response);
}

const fallbackMessage = ({ status }: Response): string => `The API answered with status ${status} and did not say why.`;

/** The last part of a problem's `type` is the code; where there is none, the status tells the class of it. */
function codeOf(type: string | undefined, status: number): ErrorCode {
  const last = type?.split('/').at(-1);
  if (last !== undefined && isErrorCode(last)) return last;
  if (status === 401) return 'unauthenticated';
  if (status === 404) return 'not-found';
  return status >= 500 ? 'unavailable' : 'invalid-request';
}

const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorFacts, text);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function fieldErrorOf(value: unknown): FieldError[] {
  if (!isRecord(value)) return [];
  const [pointer, detail] = [textOf(value['pointer']), textOf(value['detail'])];
  return pointer !== undefined && detail !== undefined ? [{ pointer, detail }] : [];
}
