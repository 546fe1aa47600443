import { bridgeLinkName, NetyardError, type DesiredNetwork, type DesiredPort } from '@netyard/contracts';
import { Address, parseInterface, Prefix } from '@netyard/inet';
import { addressFor, isWildcard, localhost, portElements, versionOf } from '../bridge/port';
import type { Remote } from '../driver';
import type { KernelObject } from '../kernel-object';

/** As on a bridge network: on the host where the endpoint is. */
export { publish } from '../bridge/port';

/**
 * On another host: as there, with the tunnel as the way; the client's address gives way to this host's own in the network, for the endpoint's answers to others leave by
 * its own host. What comes by an address of 127.0.0.0/8 has another one from the firewall in any case.
 */
export function relay({ network, peer }: Remote, port: DesiredPort): KernelObject[] {
  const address = addressFor(port, peer, network, peer.addresses);
  const own = ownAddressFor(network, address);
  const elements = portElements(port, address);
  const sources = Array.from({ length: isWildcard(port.hostAddress) ? port.count : 0 }, (_, index): KernelObject => ({
    kind: 'rule-element',
    set: `relayed${versionOf(address)}`,
    key: [bridgeLinkName(network.id), port.protocol, String(port.hostPort + index)],
    value: [own],
    owner: port.id,
  }));
  // Before it leads anywhere.
  return [...localhost(network, port), ...sources, ...elements];
}

/** This host's own address in the subnet of an endpoint's. */
function ownAddressFor({ name, hostAddresses }: DesiredNetwork, text: string): string {
  const address = Address.parse(text);
  const own = hostAddresses
    .flatMap((one) => parseInterface(one) ?? [])
    .find((one) => address && Prefix.containing(one.address, one.prefixLength).contains(address));
  if (!own) throw new NetyardError('internal', `this host was given no address of its own in network ${name} beside ${text}`);
  return own.address.toString();
}
