import { maxBridgePorts, type DesiredNetwork, type DriverDescription, NetyardError } from '@netyard/contracts';

/** Options of a bridge network, parsed. */
export interface BridgeOptions {
  mtuBytes: number;
  masquerade: boolean;
  isolateEndpoints: boolean;
  hairpin: boolean;
}

/** Used where the API has not filled in the MTU of the host's uplink. */
const defaultMtuBytes = 1500;

/** Below this the kernel switches IPv6 off on a link (RFC 8200 section 5). */
const minimumIpv6MtuBytes = 1280;

export const description: DriverDescription = {
  name: 'bridge',
  description: 'A Linux bridge on each host, with a gateway address, source NAT to the outside, and isolation from other networks.',
  connectivityScope: 'host',
  hasSubnets: true,
  passesHost: true,
  hasMacs: true,
  neededFeatures: [],
  maxEndpointsPerHost: maxBridgePorts,
  optionSchema: {
    type: 'object',
    additionalProperties: false,
    properties: {
      mtuBytes: {
        type: 'integer',
        title: 'MTU',
        description:
          'Largest packet in bytes, on the bridge and on every interface. The MTU of the host’s uplink when left out; at least 1280 with IPv6.',
        minimum: 68,
        maximum: 65535,
      },
      masquerade: {
        type: 'boolean',
        title: 'Masquerade',
        description:
          'Traffic that leaves the network gets the host’s address as its source. Without it, others need a route to the subnets.',
        default: true,
      },
      isolateEndpoints: {
        type: 'boolean',
        title: 'Isolate endpoints',
        description: 'Endpoints reach the gateway and the outside, but not each other.',
        default: false,
      },
      hairpin: {
        type: 'boolean',
        title: 'Hairpin',
        description:
          'The bridge may send a frame back through the port that it came from. Endpoints with published ports have that without it; broadcasts return only to senders without spoofing guard.',
        default: false,
      },
    },
  },
};

/** Reads the options, with defaults for what is left out. Throws NetyardError when the MTU is too small for the network's IPv6 subnets. */
export function parseOptions({ name, options, subnets }: DesiredNetwork): BridgeOptions {
  const { mtuBytes = defaultMtuBytes, masquerade = true, isolateEndpoints = false, hairpin = false } = options;
  const parsed = {
    mtuBytes: Number(mtuBytes),
    masquerade: masquerade === true,
    isolateEndpoints: isolateEndpoints === true,
    hairpin: hairpin === true,
  };
  const ipv6Subnet = subnets.find(({ cidr }) => cidr.includes(':'));
  if (ipv6Subnet && parsed.mtuBytes < minimumIpv6MtuBytes) {
    const detail = `network ${name} has the IPv6 subnet ${ipv6Subnet.cidr}, which needs an MTU of at least ${minimumIpv6MtuBytes} bytes; ${parsed.mtuBytes} is less`;
    throw new NetyardError('invalid-value', detail, [{ pointer: '/spec/options/mtuBytes', detail }]);
  }
  return parsed;
}
