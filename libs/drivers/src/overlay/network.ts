import { bridgeLinkName, type DesiredNetwork, NetyardError, ownerAlias, vxlanLinkName, wireguardLinkName } from '@netyard/contracts';
import { Mac } from '@netyard/inet';
import { networkSwitch } from '../bridge/network';
import { parseOptions } from '../bridge/options';
import type { KernelObject } from '../kernel-object';
import { encryptedVni, innerGuard, wireguardLink } from './encryption';
import { tunnelOf } from './options';

/** What keeps the tunnels' packets apart from all others: endpoints may not speak to the hosts' tunnel port, which would let them forge frames. With encryption, its link. */
export function underlay(network: DesiredNetwork): KernelObject[] {
  const tunnel = tunnelOf(network);
  const { port, encryption } = tunnel;
  return [
    { kind: 'rule-element', set: 'tunnel-ports', key: [String(port)], owner: tunnelOwner(port) },
    ...(encryption ? [innerGuard(encryption), encryptedVni(tunnel, bridgeLinkName(network.id)), ...wireguardLink(encryption)] : []),
  ];
}

/**
 * What a bridge network has, with a tunnel as one more port of the bridge, whose packets leave by the host's own namespace. The tunnel of an encrypted network is bound to a
 * WireGuard link, so that nothing leaves it by another way.
 */
export function network(network: DesiredNetwork): KernelObject[] {
  const { vni, port, localAddress, encryption } = tunnelOf(network);
  const { mtuBytes, isolateEndpoints } = parseOptions(network);
  const mac = Mac.parse(network.hostMac ?? '');
  if (!mac) throw new NetyardError('internal', `network ${network.name} was given "${network.hostMac}" as its MAC address on this host`);
  return [
    ...networkSwitch(network, { macAddress: mac, addresses: network.hostAddresses }),
    {
      kind: 'vxlan',
      name: vxlanLinkName(network.id),
      alias: ownerAlias('network', network.id),
      mtuBytes,
      bridge: bridgeLinkName(network.id),
      isolated: isolateEndpoints,
      vni,
      port,
      ...(encryption ? { localAddress: '::', lowerLink: wireguardLinkName(encryption.underlay) } : { localAddress }),
    },
  ];
}

/** Networks share their ports: what is owned by none of them goes with the last one. */
export const tunnelOwner = (port: number): string => `tunnel-${port}`;
