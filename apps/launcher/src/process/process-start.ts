import { readFileSync } from 'node:fs';

/** When a process began, in clock ticks since boot; undefined when there is none. Tells it from a later one with the same id. Source: proc_pid_stat(5), field 22. */
export function processStart(pid: number): string | undefined {
  try {
    // The second field is the program's name in brackets, and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
