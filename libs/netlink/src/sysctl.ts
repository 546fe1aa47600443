import { readFileSync, writeFileSync } from 'node:fs';

/** `key` is a path below `/proc/sys`, with slashes, e.g. `net/ipv4/ip_forward`; `net/` keys are those of the thread's network namespace. Equivalent to: `sysctl -n`. */
export const readSysctl = (key: string): string => readFileSync(`/proc/sys/${key}`, 'utf8').trim();

/** May be repeated. Equivalent to: `sysctl -w`. Errors: ENOENT (no such key, e.g. a kernel without IPv6), EACCES. */
export const writeSysctl = (key: string, value: string): void => writeFileSync(`/proc/sys/${key}`, value);
