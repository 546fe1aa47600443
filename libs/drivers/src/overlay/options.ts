import { type DesiredNetwork, type DesiredTunnel, type DriverDescription, maxBridgePorts, NetyardError } from '@netyard/contracts';
import { description as bridge } from '../bridge/options';

/** The port that IANA has assigned to VXLAN (RFC 7348 section 8). */
export const defaultTunnelPort = 4789;

/** Largest number of a network: 24 bits; 0 is reserved by convention. */
export const maxVni = 0xff_ffff;

/** What VXLAN adds to each packet: an outer IP header, UDP (8), VXLAN (8) and the inner Ethernet header (14). RFC 7348 section 5. */
export const overheadBytes = { ipv4: 20 + 8 + 8 + 14, ipv6: 40 + 8 + 8 + 14 } as const;

/** The version of IP that tunnels go over. */
export type UnderlayVersion = keyof typeof overheadBytes;

const { masquerade, isolateEndpoints, hairpin, mtuBytes } = bridge.optionSchema.properties;

export const description: DriverDescription = {
  name: 'overlay',
  description: 'One switch across hosts, by VXLAN between those that have an endpoint of it; each host is a gateway to the outside.',
  connectivityScope: 'global',
  hasSubnets: true,
  passesHost: true,
  hasMacs: true,
  neededFeatures: ['vxlan'],
  // One of them is the tunnel.
  maxEndpointsPerHost: maxBridgePorts - 1,
  optionSchema: {
    type: 'object',
    additionalProperties: false,
    properties: {
      vni: {
        type: 'integer',
        title: 'VNI',
        description: 'The network’s number in every packet, once in a deployment. Chosen when left out.',
        minimum: 1,
        maximum: maxVni,
        immutable: true,
      },
      port: {
        type: 'integer',
        title: 'Tunnel port',
        description: 'UDP port of the tunnels, which the hosts’ firewalls must let pass between them.',
        minimum: 1,
        maximum: 65535,
        default: defaultTunnelPort,
        immutable: true,
      },
      underlay: {
        type: 'string',
        title: 'Underlay',
        description: 'The version of IP that the tunnels go over. Every host of the network needs an address of it.',
        enum: ['ipv4', 'ipv6'],
        default: 'ipv4',
        immutable: true,
      },
      ...(mtuBytes && {
        mtuBytes: {
          ...mtuBytes,
          description:
            'Largest packet in bytes. What the smallest underlay of its hosts can carry when left out: 50 bytes less over IPv4, 70 over IPv6; at least 1280 with IPv6.',
        },
      }),
      ...(masquerade && { masquerade }),
      ...(isolateEndpoints && { isolateEndpoints }),
      ...(hairpin && { hairpin }),
    },
  },
};

/** How this host takes part in the network. Throws NetyardError when the API has not said so: the host has no address of that version of IP. */
export function tunnelOf({ name, tunnel }: DesiredNetwork): DesiredTunnel {
  if (tunnel) return tunnel;
  throw new NetyardError('invalid-value', `network ${name} is an overlay, and this host has no underlay address for its tunnels`);
}
