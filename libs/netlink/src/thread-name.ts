import koffi from 'koffi';
import { KernelError } from './kernel-error';

const prctl = koffi.load('libc.so.6').func('int prctl(int option, const char *name, unsigned long, unsigned long, unsigned long)') as (
  option: number,
  name: string,
  ...none: number[]
) => number;

const PR_SET_NAME = 15;

/** Names the calling thread, by which the kernel tells others who did something; 15 bytes at most. Source: prctl(2), PR_SET_NAME. Throws KernelError. */
export function setThreadName(name: string): void {
  if (prctl(PR_SET_NAME, name, 0, 0, 0) < 0) throw new KernelError('prctl(PR_SET_NAME)', koffi.errno());
}
