import { NetyardError } from '@netyard/contracts';
import type { Joined } from '../driver';
import { inSandbox, type KernelObject } from '../kernel-object';
import { endpointLink } from './endpoint';
import { guard } from './guard';
import { shaping } from './shaping';

/** The guard against spoofing, which stands before there is a link; the veth pair; the addresses of its inner end. */
export function join(joined: Joined): KernelObject[] {
  const { network, sandbox, endpoint } = joined;
  if (sandbox.namespace.type === 'host') {
    throw new NetyardError(
      'invalid-value',
      `sandbox ${sandbox.name} is the host's own stack: it cannot join network ${network.name} of driver bridge`,
    );
  }
  const link = endpointLink(joined);
  return [
    ...guard(endpoint),
    link,
    ...shaping(endpoint),
    ...endpoint.addresses.map((address): KernelObject => ({
      kind: 'address',
      place: inSandbox(sandbox.id),
      link: link.peer.name,
      address,
    })),
  ];
}

/** A default route by the gateway for each family that network and endpoint have; none when it is internal. */
export function defaultRoutes({ network, sandbox, endpoint }: Joined): KernelObject[] {
  const { interfaceName, addresses } = endpoint;
  if (network.internal || interfaceName === null) return [];
  const isIpv6 = (address: string): boolean => address.includes(':');
  const routes = (destination: string, ipv6: boolean): KernelObject[] => {
    const via = network.subnets.find(({ gateway }) => gateway !== null && isIpv6(gateway) === ipv6)?.gateway;
    if (via == null || !addresses.some((address) => isIpv6(address) === ipv6)) return [];
    return [{ kind: 'route', place: inSandbox(sandbox.id), destination, via, link: interfaceName }];
  };
  return [...routes('0.0.0.0/0', false), ...routes('::/0', true)];
}
