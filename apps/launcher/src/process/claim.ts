import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { processStart } from './process-start';

/** What a running launcher tells about itself. */
export interface Claim {
  pid: number;
  start: string;
  /** The process that holds the lab's mount (and user) namespace. */
  labPid?: number;
}

/** Who runs Netyard in this clone; undefined when nobody does, whatever a run that was killed left in the file. */
export function readClaim(path: string): Claim | undefined {
  try {
    const claim = JSON.parse(readFileSync(path, 'utf8')) as Claim;
    return processStart(claim.pid) === claim.start ? claim : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the clone for this process. Returns who has it already, or undefined when it is ours now. */
export function takeClaim(path: string): Claim | undefined {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(ownClaim()), { flag: 'wx' });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readClaim(path);
    if (holder) return holder;
    rmSync(path, { force: true });
  }
}

/** Adds to the claim that this process holds. */
export function extendClaim(path: string, more: Partial<Claim>): void {
  writeFileSync(path, JSON.stringify({ ...ownClaim(), ...more }));
}

export function releaseClaim(path: string): void {
  rmSync(path, { force: true });
}

function ownClaim(): Claim {
  return { pid: process.pid, start: processStart(process.pid) ?? '' };
}
