import { type DesiredEndpoint, type DesiredNetwork, NetyardError, ownerAlias } from '@netyard/contracts';
import type { Joined } from '../driver';
import { inSandbox, onHost, type KernelObject } from '../kernel-object';
import { shimLink } from './shim';

/** What an endpoint's link is, but for its kind. */
export interface EndpointLink {
  place: ReturnType<typeof inSandbox>;
  name: string;
  alias: string;
  mtuBytes: number | null;
  ipv6: boolean;
}

/** The endpoint as a link in its sandbox. Throws NetyardError when sandbox and driver do not go together. */
export function endpointLink({ network, sandbox, endpoint }: Joined): EndpointLink {
  if (sandbox.namespace.type === 'host')
    throw new NetyardError(
      'invalid-value',
      `sandbox ${sandbox.name} is the host's own stack: it cannot join network ${network.name} of driver ${network.driver}`,
    );
  if (endpoint.interfaceName === null) throw new NetyardError('internal', `endpoint ${endpoint.name} was given no interface name`);
  const { mtuBytes } = network.options;
  return {
    place: inSandbox(sandbox.id),
    name: endpoint.interfaceName,
    alias: ownerAlias('endpoint', endpoint.id),
    mtuBytes: typeof mtuBytes === 'number' ? mtuBytes : null,
    ipv6: network.subnets.some(({ cidr }) => cidr.includes(':')),
  };
}

export const addressObjects = ({ endpoint }: Joined, { place, name }: EndpointLink): KernelObject[] =>
  endpoint.addresses.map((address) => ({ kind: 'address', place, link: name, address }));

/** By which the host reaches the endpoint, where it has a link of its own for that. */
export function shimRoutes(network: DesiredNetwork, { addresses }: DesiredEndpoint): KernelObject[] {
  const shim = shimLink(network);
  if (!shim) return [];
  return addresses.map((text): KernelObject => {
    const address = text.slice(0, text.indexOf('/'));
    return { kind: 'route', place: onHost, destination: `${address}/${address.includes(':') ? 128 : 32}`, via: null, link: shim };
  });
}
