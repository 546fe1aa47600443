/** The longest that an answer is held. */
const mostWaitSeconds = 60;

/** Reads `Prefer` (RFC 7240); preferences that we do not know, or cannot read, are ignored as the RFC asks. */
export function parsePrefer(header: string | string[] | undefined): { waitSeconds: number | null; respondAsync: boolean } {
  const preferences = [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '');
  const waits = preferences.flatMap((preference) => {
    const [, seconds] = /^wait\s*=\s*"?(\d{1,6})"?$/.exec(preference) ?? [];
    return seconds === undefined ? [] : Number(seconds);
  });
  const [first] = waits;
  return {
    waitSeconds: first === undefined ? null : Math.min(first, mostWaitSeconds),
    respondAsync: preferences.includes('respond-async'),
  };
}
