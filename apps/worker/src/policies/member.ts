import { bridgeLinkName, type DesiredNetwork, type DesiredPeer } from '@netyard/contracts';
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

/** The same of an endpoint on another host; the host itself, which has no name, is none. */
export const peerMember = (peer: DesiredPeer, network: DesiredNetwork): PolicyMember => ({
  endpointId: peer.id,
  name: peer.name,
  labels: peer.labels,
  networkId: network.id,
  networkName: network.name,
  bridge: bridgeLinkName(network.id),
  addresses: peer.addresses,
  macAddress: peer.macAddress,
});
