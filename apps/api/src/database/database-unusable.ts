/** A database that cannot be used when the process starts: says which variable leads there, and why. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';

  constructor(variable: string, cause: unknown) {
    super(`the database of ${variable} cannot be used: ${reasonOf(cause)}`, { cause });
  }
}

/** A name with several addresses fails with an error for each, and without a message of its own. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.message !== '') return cause.message;
  return cause instanceof AggregateError ? cause.errors.map(reasonOf).join('; ') : cause.name;
}
