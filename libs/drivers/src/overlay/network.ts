import { bridgeLinkName, type DesiredNetwork, NetyardError, ownerAlias, vxlanLinkName } from '@netyard/contracts';
import { Mac } from '@netyard/inet';
import { networkSwitch } from '../bridge/network';
import { parseOptions } from '../bridge/options';
import type { KernelObject } from '../kernel-object';
import { tunnelOf } from './options';

/** What a bridge network has, with a tunnel as one more port of the bridge; endpoints may not speak to the hosts' tunnel port, which would let them forge frames. */
export function network(network: DesiredNetwork): KernelObject[] {
  const { vni, port, localAddress } = tunnelOf(network);
  const { mtuBytes, isolateEndpoints } = parseOptions(network);
  const mac = Mac.parse(network.hostMac ?? '');
  if (!mac) throw new NetyardError('internal', `network ${network.name} was given "${network.hostMac}" as its MAC address on this host`);
  return [
    { kind: 'rule-element', set: 'tunnel-ports', key: [String(port)], owner: tunnelOwner(port) },
    ...networkSwitch(network, { macAddress: mac, addresses: network.hostAddresses }),
    {
      kind: 'vxlan',
      name: vxlanLinkName(network.id),
      alias: ownerAlias('network', network.id),
      mtuBytes,
      bridge: bridgeLinkName(network.id),
      isolated: isolateEndpoints,
      vni,
      localAddress,
      port,
    },
  ];
}

/** Networks share their ports: what is owned by none of them goes with the last one. */
export const tunnelOwner = (port: number): string => `tunnel-${port}`;
