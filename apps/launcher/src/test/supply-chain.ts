/** What is known of the packages that Netyard is made of. */
export interface Verdict {
  passed: boolean;
  text: string;
}

/** Of the severities of npm's advisories, those that fail. */
const failing = ['high', 'critical'];

interface Vulnerability {
  name: string;
  severity: string;
  range: string;
}

/** By what `npm audit --json` prints. A registry that serves no advisories leaves it open: that is said, and is no failure. */
export function judgeAdvisories(output: string): Verdict {
  const found = (parse(output) as { vulnerabilities?: Record<string, Vulnerability> }).vulnerabilities;
  if (found === undefined) return { passed: true, text: `the registry serves no advisories (${reasonOf(output)})` };
  const all = Object.values(found);
  const grave = all.filter(({ severity }) => failing.includes(severity));
  if (grave.length > 0)
    return { passed: false, text: grave.map(({ name, severity, range }) => `${severity}: ${name} ${range}`).join('\n') };
  return { passed: true, text: all.length === 0 ? 'no advisories' : `${all.length} advisories, none of them ${failing.join(' or ')}` };
}

interface Unsigned {
  name: string;
  version: string;
}

/** By what `npm audit signatures --json` prints. Signatures that are wrong fail; packages without one do not, nor does a registry that serves none. */
export function judgeSignatures(output: string): Verdict {
  const { invalid, missing } = parse(output) as { invalid?: Unsigned[]; missing?: Unsigned[] };
  if (invalid === undefined) return { passed: true, text: `the registry serves no signatures (${reasonOf(output)})` };
  if (invalid.length > 0)
    return { passed: false, text: invalid.map(({ name, version }) => `the signature of ${name} ${version} is wrong`).join('\n') };
  const without = missing?.length ?? 0;
  return { passed: true, text: without === 0 ? 'all signatures are right' : `no signature is wrong; ${without} packages have none` };
}

function parse(output: string): object {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** As npm tells it, in one line. */
function reasonOf(output: string): string {
  const { error, message } = parse(output) as { error?: { summary?: unknown; code?: unknown }; message?: unknown };
  const told = [message, error?.summary, error?.code].find((text) => typeof text === 'string' && text !== '');
  return String(told ?? 'it was not reached').split('\n')[0] ?? '';
}
