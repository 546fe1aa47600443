import { Mac } from '@netyard/inet';

/** The MAC address of a host's bridge in an overlay network, by the id that it takes part under: another one on each host, so that answers find back. */
export const hostMac = (networkHostId: string): string =>
  Mac.of([0x0a, ...Buffer.from(networkHostId.replaceAll('-', '').slice(-10), 'hex')]).toString();
