import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a file holds, and since when; undefined when there is none, or nothing in it. */
export function readIfThere(path: string): { text: string; writtenAt: number } | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? undefined : { text, writtenAt: statSync(path).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes what nobody else may read, under another name until it is whole: half of it would lock the host out. */
export function keep(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, `${text}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
