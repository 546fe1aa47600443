import { bridgeLinkName } from '@netyard/contracts';
import type { Joined } from '@netyard/drivers';
import type { PolicyMember } from '@netyard/policy';

/** A joined endpoint as policies see it. */
export const policyMember = ({ network, endpoint }: Joined): PolicyMember => ({
  endpointId: endpoint.id,
  name: endpoint.name,
  labels: endpoint.labels,
  networkId: network.id,
  networkName: network.name,
  bridge: bridgeLinkName(network.id),
  addresses: endpoint.addresses.map((address) => address.slice(0, address.indexOf('/'))),
  macAddress: endpoint.macAddress,
});
