import { NetyardError } from '@netyard/contracts';

/** Resource versions of an `If-Match` (RFC 9110 section 13.1.1); null when there is none. `*` matches whatever there is. */
export function parseIfMatch(header: string | undefined): string[] | null {
  if (header === undefined) return null;
  const versions = header.split(',').map((part) => /^\s*(?:"([^"]*)"|(\*))\s*$/.exec(part));
  if (versions.some((match) => match === null)) {
    throw new NetyardError('invalid-request', `If-Match must be a list of strong ETags or *; "${header}" is not`, [
      { pointer: '', detail: 'If-Match is no list of strong ETags' },
    ]);
  }
  return versions.map((match) => match?.[1] ?? match?.[2] ?? '');
}

/** Whether an `If-None-Match` (RFC 9110 section 13.1.2, weak comparison) names the ETag. */
export function isKnown(header: string | undefined, etag: string): boolean {
  return header?.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag) ?? false;
}
