import { closeSync } from 'node:fs';
import koffi from 'koffi';

const fcntl = koffi.load('libc.so.6').func('int fcntl(int fd, int command, ...)') as (
  fd: number,
  command: number,
  type: string,
  argument: number,
) => number;

// include/uapi/linux/fcntl.h
const F_DUPFD_CLOEXEC = 1030;
/** Above what select(2) can wait for. */
const firstHigh = 4_096;

/**
 * Gives a descriptor a high number, and closes the low one. libnftables waits by select(2), which ends the process for a number above 1,023: who keeps many
 * descriptors keeps them up here. Where the limit of open files is too low the descriptor stays as it is.
 */
export function moveUp(fd: number): number {
  const high = fcntl(fd, F_DUPFD_CLOEXEC, 'int', firstHigh);
  if (high < 0) return fd;
  closeSync(fd);
  return high;
}
