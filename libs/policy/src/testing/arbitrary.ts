import { bridgeLinkName, type DesiredPolicy, type DesiredPolicySelector, type NetworkId, type PolicyId } from '@netyard/contracts';
import { Address } from '@netyard/inet';
import fc from 'fast-check';
import type { Flow, Side } from '../flow';
import { memberAddresses, type PolicyMember } from '../member';

/** Three networks, of which the last may well have no policies. */
export const networkIds = [1, 2, 3].map((number) => `0192d3a0-0000-7000-8000-0a000000000${number}` as NetworkId);
const networkId = fc.constantFrom(...networkIds);
const role = fc.constantFrom('web', 'db', 'cache');

/** Endpoint number n, on one of the networks. */
export const member = (number: number): fc.Arbitrary<PolicyMember> =>
  fc
    .record({ network: fc.nat(2), role: fc.option(role), tier: fc.option(fc.constantFrom('front', 'back')) })
    .map(({ network, role, tier }) => {
      const id = networkIds[network] ?? '';
      return {
        endpointId: `endpoint-${number}`,
        name: `e${number}`,
        labels: { ...(role ? { role } : {}), ...(tier ? { tier } : {}) },
        networkId: id,
        networkName: `net-${network}`,
        bridge: bridgeLinkName(id),
        addresses: [`10.0.${network}.${number}`, `2001:db8:${network}::${number}`],
        macAddress: `02:00:00:00:00:0${number}`,
      };
    });

const selector: fc.Arbitrary<DesiredPolicySelector> = fc.record({
  endpoints: fc.uniqueArray(fc.constantFrom('e1', 'e2', 'e3', 'nobody'), { maxLength: 2 }),
  networkId,
  labels: fc.option(fc.oneof(fc.constant({}), fc.record({ role }), fc.record({ role, tier: fc.constantFrom('front', 'back') })), {
    freq: 2,
  }),
  cidrs: fc.uniqueArray(
    fc.constantFrom(
      '10.0.0.0/8',
      '10.0.1.0/24',
      '10.0.0.2/32',
      '203.0.113.0/24',
      '0.0.0.0/0',
      '2001:db8::/32',
      '2001:db8:1::/48',
      'fe80::/10',
    ),
    { maxLength: 2 },
  ),
});

const rule = fc.record({
  action: fc.constantFrom('allow', 'deny'),
  protocol: fc.constantFrom('any', 'tcp', 'udp', 'sctp', 'icmp'),
  ports: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom('80', '22-90', '443', '8000-8100', '1-65535', '0'), { maxLength: 2 })),
  from: fc.option(selector),
  to: fc.option(selector),
  direction: fc.constantFrom('both', 'ingress', 'egress'),
}) as fc.Arbitrary<DesiredPolicy['rules'][number]>;

/** Policy number n of one of the first two networks. */
export const policy = (number: number): fc.Arbitrary<DesiredPolicy> =>
  fc
    .record({
      networkId: fc.constantFrom(...networkIds.slice(0, 2)),
      priority: fc.constantFrom(-1, 0, 0, 1),
      defaultAction: fc.constantFrom('allow', 'allow', 'deny'),
      rules: fc.array(rule, { maxLength: 4 }),
    })
    .map((over) => ({
      kind: 'policy' as const,
      id: `0192d3a0-0000-7000-8000-0f000000000${number}` as PolicyId,
      generation: 1,
      name: `p${number}`,
      deleted: false,
      ...over,
      defaultAction: over.defaultAction as DesiredPolicy['defaultAction'],
    }));

const outside: Side[] = ['203.0.113.9', '10.0.1.200', '198.51.100.1', '2001:db8:1::77', '2001:db8:ffff::1'].map((text) =>
  side(null, null, text),
);
/** Somebody on a bridge whom no endpoint's address says who they are. */
const strangers: Side[] = networkIds.flatMap((id, index) =>
  ['10.0.0.2', `10.0.${index}.99`, `2001:db8:${index}::99`, 'fe80::99'].map((text) => side(id, null, text)),
);

function side(networkId: string | null, member: PolicyMember | null, text: string): Side {
  const address = Address.parse(text);
  if (!address) throw new Error(`${text} is no address`);
  return { networkId, member, address };
}

/** Flows between members, strangers on their bridges, and the outside; of one address family. */
export const flowBetween = (members: readonly PolicyMember[]): fc.Arbitrary<Flow> => {
  const known = members.flatMap((member) =>
    memberAddresses(member).map((address): Side => ({ networkId: member.networkId, member, address })),
  );
  const isTaken = (side: Side): boolean =>
    known.some(({ networkId, address }) => networkId === side.networkId && address.equals(side.address));
  const free = [...outside, ...strangers].filter((side) => !isTaken(side));
  const any =
    known.length === 0 ? fc.constantFrom(...free) : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, fc.constantFrom(...free));
  return fc
    .record({
      source: any,
      destination: any,
      protocol: fc.constantFrom(1, 6, 6, 17, 47, 58, 132),
      port: fc.constantFrom(0, 22, 80, 91, 443, 8050, 65_535),
    })
    .filter(({ source, destination }) => source.address.family === destination.address.family)
    .map(({ source, destination, protocol, port }) => ({
      source,
      destination,
      protocol,
      destinationPort: [6, 17, 132].includes(protocol) ? port : null,
    }));
};
