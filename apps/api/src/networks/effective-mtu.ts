import type { DriverName, DriverOptions, HostLink } from '@netyard/contracts';
import { isEncrypted, overheadBytes, underlayOf } from '@netyard/drivers';
import { tunnelMtuBytes } from '../overlay/tunnel-mtu';
import { onWire, parentMtuBytes } from './wire-parent';

/** What decides about the MTU, of each host that a network is realised on. */
export interface NetworkHostFacts {
  host: string;
  uplinkMtuBytes: number | null;
  /** Of overlay networks. */
  underlayMtuBytes: number | null;
  /** Of networks that have a parent. */
  links: HostLink[] | null;
}

/** The MTU in effect, and what it comes from; null while no host has said anything. */
export function effectiveMtu(
  driver: DriverName,
  options: DriverOptions,
  hosts: NetworkHostFacts[],
): { bytes: number; reason: string } | null {
  const asked = options['mtuBytes'];
  if (typeof asked === 'number') return { bytes: asked, reason: 'asked for by option mtuBytes' };
  if (driver === 'overlay') {
    const smallest = smallestOf(hosts, ({ underlayMtuBytes }) => underlayMtuBytes);
    if (!smallest) return null;
    const version = underlayOf(options) === 'ipv6' ? 'IPv6' : 'IPv4';
    return {
      bytes: tunnelMtuBytes(options, smallest.bytes),
      reason: `the underlay of host ${smallest.host} carries ${smallest.bytes} bytes, of which VXLAN ${isEncrypted(options) ? `inside of WireGuard over ${version}` : `over ${version}`} takes ${overheadBytes(options)}`,
    };
  }
  if (onWire(driver)) {
    const parent = smallestOf(hosts, ({ links }) => parentMtuBytes(options, links ?? []));
    return parent && { bytes: parent.bytes, reason: `link ${String(options['parent'])} of host ${parent.host} carries as much` };
  }
  const smallest = smallestOf(hosts, ({ uplinkMtuBytes }) => uplinkMtuBytes);
  return smallest && { bytes: smallest.bytes, reason: `the uplink of host ${smallest.host} carries as much` };
}

function smallestOf(hosts: NetworkHostFacts[], bytesOf: (host: NetworkHostFacts) => number | null): { host: string; bytes: number } | null {
  const known = hosts.flatMap((host) => {
    const bytes = bytesOf(host);
    return bytes === null ? [] : [{ host: host.host, bytes }];
  });
  return known.sort((one, other) => one.bytes - other.bytes)[0] ?? null;
}
