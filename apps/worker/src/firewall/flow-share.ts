import { readSysctl } from '@netyard/netlink';

/** What kernels with a gigabyte of memory track, where this one does not say. */
const usualMaximum = 65_536;
const shares = 32;

/**
 * As many flows as one address of a network may have unless something else is said: a share of what the kernel tracks in a namespace. Source: nf_conntrack_max of
 * Documentation/networking/nf_conntrack-sysctl.rst.
 */
export function flowShare(): number {
  return Math.floor(trackedMaximum() / shares);
}

function trackedMaximum(): number {
  try {
    return Number(readSysctl('net/netfilter/nf_conntrack_max')) || usualMaximum;
  } catch {
    return usualMaximum;
  }
}
