import {
  type DesiredNetwork,
  type DesiredTunnel,
  type DriverDescription,
  type DriverOptions,
  maxBridgePorts,
  NetyardError,
  type UnderlayVersion,
} from '@netyard/contracts';
import { description as bridge } from '../bridge/options';

/** The port that IANA has assigned to VXLAN (RFC 7348 section 8). */
export const defaultTunnelPort = 4789;

/** Largest number of a network: 24 bits; 0 is reserved by convention. */
export const maxVni = 0xff_ffff;

const ipHeaderBytes = { ipv4: 20, ipv6: 40 } as const;

/** What VXLAN adds to each packet beside an outer IP header: UDP (8), VXLAN (8) and the inner Ethernet header (14). RFC 7348 section 5. */
const vxlanBytes = 8 + 8 + 14;

/** What WireGuard adds to each packet beside an outer IP header: UDP (8), its own header (16) and the authentication tag (16). Source: wireguard.com/protocol. */
const wireguardBytes = 8 + 16 + 16;

/** What WireGuard takes of each packet of the underlay. */
export const wireguardOverheadBytes = (underlay: UnderlayVersion): number => ipHeaderBytes[underlay] + wireguardBytes;

/** What a network’s tunnels take of each packet of the underlay. Inside of WireGuard, VXLAN is always over IPv6. */
export const overheadBytes = (options: DriverOptions): number =>
  isEncrypted(options)
    ? wireguardOverheadBytes(underlayOf(options)) + ipHeaderBytes.ipv6 + vxlanBytes
    : ipHeaderBytes[underlayOf(options)] + vxlanBytes;

/** The version of IP that a network’s tunnels go over. */
export const underlayOf = (options: DriverOptions): UnderlayVersion => (options['underlay'] === 'ipv6' ? 'ipv6' : 'ipv4');

/** Whether a network’s packets are encrypted between hosts. */
export const isEncrypted = (options: DriverOptions): boolean => options['encrypted'] === true;

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
        description:
          'UDP port of the tunnels, which the hosts’ firewalls must let pass between them; of encrypted networks it is inside of WireGuard, whose port is the hosts’.',
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
      encrypted: {
        type: 'boolean',
        title: 'Encrypted',
        description:
          'Packets are encrypted between hosts, by WireGuard. Every host of the network needs it in its kernel, and its port open to the others (51820 over IPv4, 51821 over IPv6, unless its worker says otherwise).',
        default: false,
        immutable: true,
      },
      ...(mtuBytes && {
        mtuBytes: {
          ...mtuBytes,
          description:
            'Largest packet in bytes. What the smallest underlay of its hosts can carry when left out: 50 bytes less over IPv4, 70 over IPv6, 130 and 150 when encrypted; at least 1280 with IPv6.',
        },
      }),
      ...(masquerade && { masquerade }),
      ...(isolateEndpoints && { isolateEndpoints }),
      ...(hairpin && { hairpin }),
    },
  },
};

/**
 * How this host takes part in the network. Throws NetyardError when the API has not said so: the host has no address of that version of IP, or no key for an encrypted
 * network, which is never realised without.
 */
export function tunnelOf({ name, tunnel, options }: DesiredNetwork): DesiredTunnel {
  if (isEncrypted(options) && !tunnel?.encryption)
    throw new NetyardError(
      'host-unfit',
      `network ${name} is encrypted, and this host cannot take part: it needs WireGuard in the kernel (feature wireguard) and an ${underlayOf(options) === 'ipv6' ? 'IPv6' : 'IPv4'} address on the underlay`,
    );
  if (tunnel) return tunnel;
  throw new NetyardError('invalid-value', `network ${name} is an overlay, and this host has no underlay address for its tunnels`);
}
