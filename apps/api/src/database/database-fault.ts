/** What PostgreSQL or the connection to it said, as far as it is of use. */
export interface DatabaseFault {
  /** Of a violated constraint, else undefined. */
  constraint: string | undefined;
  /** The values that collided, as text; empty when they are not told. */
  values: string[];
  /** Running the transaction again may succeed. */
  isTransient: boolean;
  /** The database cannot be reached, or is starting or stopping. */
  isUnavailable: boolean;
  /** A text of the request holds what no text of the database can: U+0000, or half a surrogate pair. */
  isUnstorable: boolean;
}

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EACCES', 'ENOTFOUND']);

/** What Node.js and OpenSSL call a certificate of the server that they do not accept, e.g. one that has expired since. */
const untrusted = /^(ERR_TLS_CERT_ALTNAME_INVALID|(DEPTH_ZERO_)?SELF_SIGNED_CERT.*|UNABLE_TO_(VERIFY|GET)_.*|CERT_.*)$/;

/** Reads an error thrown by a statement; everything is empty when it is none of the database's. */
export function databaseFault(error: unknown): DatabaseFault {
  const {
    code = '',
    constraint,
    detail = '',
    message = '',
  } = isRecord(error) ? (error as { code?: string; constraint?: string; detail?: string; message?: string }) : {};
  const collided = /=\((.*)\) (?:already exists|conflicts|is still|is not)/s.exec(detail)?.[1];
  return {
    constraint: typeof code === 'string' && code.startsWith('23') ? constraint : undefined,
    values: collided?.split(', ') ?? [],
    isTransient: code === '40P01' || code === '40001' || (code === '23505' && (constraint ?? '').endsWith('_short_id_key')),
    isUnavailable:
      unreachable.has(code) ||
      untrusted.test(code) ||
      /^(08|28|57P)/.test(code) ||
      code === '53300' ||
      /Connection terminated|does not support SSL connections|timeout exceeded when trying to connect|DataSource is not set|Cannot use a pool after/.test(
        message,
      ),
    isUnstorable: code === '22021' || code === '22P05' || (code === '22P02' && /surrogate/.test(detail)),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
