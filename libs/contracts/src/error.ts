/** Every way in which a request can fail, as the last part of a problem's `type`. Adding one means filling in `errorFacts`. */
export const errorFacts = {
  'invalid-request': { httpStatus: 400, retryable: false, title: 'The request is not valid' },
  'unknown-parameter': { httpStatus: 400, retryable: false, title: 'A query parameter is unknown or has a bad value' },
  unauthenticated: { httpStatus: 401, retryable: false, title: 'A valid bearer token is needed' },
  forbidden: { httpStatus: 403, retryable: false, title: 'The token does not allow this' },
  'not-granted': { httpStatus: 403, retryable: false, title: 'The tenant may not have this' },
  'not-found': { httpStatus: 404, retryable: false, title: 'There is no such object' },
  'name-taken': { httpStatus: 409, retryable: false, title: 'The name is in use' },
  'subnet-overlap': { httpStatus: 409, retryable: false, title: 'The subnet overlaps another one' },
  'address-in-use': { httpStatus: 409, retryable: false, title: 'The address is in use' },
  'mac-in-use': { httpStatus: 409, retryable: false, title: 'The MAC address is in use' },
  'port-in-use': { httpStatus: 409, retryable: false, title: 'The port of the host is in use' },
  'vni-in-use': { httpStatus: 409, retryable: false, title: 'The VNI is in use' },
  'host-drained': { httpStatus: 409, retryable: false, title: 'Nothing new is placed on the host' },
  'host-unfit': { httpStatus: 409, retryable: false, title: 'The host cannot do what the network needs' },
  'ports-exhausted': { httpStatus: 409, retryable: true, title: 'The range for automatic host ports is used up' },
  'interface-name-taken': { httpStatus: 409, retryable: false, title: 'The interface name is in use in the sandbox' },
  'subnet-exhausted': { httpStatus: 409, retryable: true, title: 'The subnet has no free address' },
  'pools-exhausted': { httpStatus: 409, retryable: true, title: 'The default address pools have no free prefix' },
  'limit-reached': { httpStatus: 409, retryable: false, title: 'A limit is reached' },
  'quota-exceeded': { httpStatus: 409, retryable: false, title: 'The tenant has used up what it may have' },
  'in-use': { httpStatus: 409, retryable: false, title: 'The object is in use' },
  'already-joined': { httpStatus: 409, retryable: false, title: 'The endpoint is joined already' },
  'not-joined': { httpStatus: 409, retryable: false, title: 'The endpoint is not joined' },
  'still-leaving': { httpStatus: 409, retryable: true, title: 'The endpoint is still being removed from a host' },
  'being-deleted': { httpStatus: 409, retryable: false, title: 'The object is being deleted' },
  'idempotency-running': { httpStatus: 409, retryable: true, title: 'The first request with this Idempotency-Key is still running' },
  'watch-expired': { httpStatus: 410, retryable: true, title: 'The event id is too old: list again' },
  'precondition-failed': { httpStatus: 412, retryable: true, title: 'The object has changed meanwhile' },
  'payload-too-large': { httpStatus: 413, retryable: false, title: 'The body is too large' },
  'unsupported-media-type': { httpStatus: 415, retryable: false, title: 'The body must be application/json' },
  'unknown-reference': { httpStatus: 422, retryable: false, title: 'A reference names nothing' },
  'invalid-value': { httpStatus: 422, retryable: false, title: 'A value cannot be accepted' },
  'idempotency-mismatch': { httpStatus: 422, retryable: false, title: 'The Idempotency-Key was used with another request' },
  'rate-limited': { httpStatus: 429, retryable: true, title: 'Too many requests' },
  internal: { httpStatus: 500, retryable: true, title: 'Something went wrong inside Netyard' },
  unavailable: { httpStatus: 503, retryable: true, title: 'A part that is needed cannot be reached' },
} as const satisfies Record<string, { httpStatus: number; retryable: boolean; title: string }>;

export type ErrorCode = keyof typeof errorFacts;

/** Where in a request an error lies. */
export interface FieldError {
  /** JSON pointer (RFC 6901) into the body, e.g. `/spec/subnets/0/cidr`; or `?name` for a query parameter. */
  pointer: string;
  /** What is wrong with it; names the culprit. */
  detail: string;
}

/** An error that the user is meant to read. `message` is public; `context` and `cause` go to the log only. */
export class NetyardError extends Error {
  override readonly name = 'NetyardError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly fields: FieldError[] = [],
    readonly context: Record<string, unknown> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
