/** pino's number for "warn". */
const warnLevel = 40;

/** What of a log line should be seen at the terminal: warnings and errors, shortened. Undefined for everything else. */
export function notable(line: string): string | undefined {
  if (line.startsWith('{')) return fromJson(line);
  // PostgreSQL reports refused statements as ERROR; those are the API's to judge.
  if (/\b(FATAL|PANIC):/.test(line))
    return /terminating connection|is (starting up|shutting down)/.test(line) ? undefined : line.replace(/^.*?(?=FATAL|PANIC)/, '');
  return undefined;
}

function fromJson(line: string): string | undefined {
  try {
    const { level, msg, err } = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
    if (typeof level !== 'number' || level < warnLevel) return undefined;
    return [level > warnLevel ? 'error' : 'warning', msg, err?.message].filter(Boolean).join(': ');
  } catch {
    return undefined;
  }
}
