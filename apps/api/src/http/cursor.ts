import { NetyardError } from '@netyard/contracts';

/** What is said of a cursor that leads nowhere. */
export function badCursor(detail = 'the cursor is none that a list gave'): NetyardError {
  return new NetyardError('unknown-parameter', detail, [{ pointer: '?cursor', detail }]);
}

/** The cursor of a list that goes by numbers. Throws NetyardError `unknown-parameter`. */
export function parseNumberCursor(cursor: string): string {
  if (/^\d{1,18}$/.test(cursor)) return cursor;
  throw badCursor();
}
