import { bridgeLinkName, NetyardError, ownerAlias, vethLinkName } from '@netyard/contracts';
import type { Joined } from '../driver';
import type { VethObject } from '../kernel-object';
import { parseOptions } from './options';

/** The endpoint as a link: a port of the network's bridge whose other end is the sandbox's interface. */
export function endpointLink({ network, sandbox, endpoint }: Joined): VethObject {
  const { mtuBytes, isolateEndpoints, hairpin } = parseOptions(network);
  const { macAddress, interfaceName } = endpoint;
  if (macAddress === null || interfaceName === null) {
    throw new NetyardError('internal', `endpoint ${endpoint.name} was given no MAC address or no interface name`);
  }
  return {
    kind: 'veth',
    name: vethLinkName(endpoint.id),
    alias: ownerAlias('endpoint', endpoint.id),
    mtuBytes,
    bridge: bridgeLinkName(network.id),
    isolated: isolateEndpoints,
    hairpin,
    peer: { sandboxId: sandbox.id, name: interfaceName, macAddress, ipv6: network.subnets.some(({ cidr }) => cidr.includes(':')) },
  };
}
