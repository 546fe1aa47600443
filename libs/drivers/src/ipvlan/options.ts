import type { DesiredNetwork, DriverDescription } from '@netyard/contracts';
import { addressingOption, hostShimOption, mtuOption, parentOption } from '../wire/parent';

export const modes = ['l2', 'l3', 'l3s'] as const;
export type Mode = (typeof modes)[number];
export const flags = ['bridge', 'private', 'vepa'] as const;
export type Flag = (typeof flags)[number];

export const description: DriverDescription = {
  name: 'ipvlan',
  description:
    'Endpoints straight on the wire of a host’s link, all with that link’s MAC address: where switches allow but one for each port.',
  connectivityScope: 'global',
  hasSubnets: true,
  passesHost: false,
  hasMacs: false,
  neededFeatures: ['ipvlan'],
  maxEndpointsPerHost: null,
  optionSchema: {
    type: 'object',
    additionalProperties: false,
    properties: {
      parent: parentOption,
      mode: {
        type: 'string',
        title: 'Mode',
        description:
          'l2, endpoints speak ARP on the wire and have a gateway there; l3, the host routes for them, and routers outside need routes to the subnets by the hosts; l3s, as l3, with the host’s firewall in between.',
        enum: [...modes],
        default: 'l2',
        immutable: true,
      },
      flag: {
        type: 'string',
        title: 'Flag',
        description:
          'What endpoints on one host may say to each other: bridge, directly; private, nothing; vepa, by a switch or router outside.',
        enum: [...flags],
        default: 'bridge',
        immutable: true,
      },
      addressing: { ...addressingOption, description: `${addressingOption.description} Only in mode l2.` },
      hostShim: hostShimOption,
      mtuBytes: mtuOption,
    },
  },
};

export const modeOf = ({ options }: DesiredNetwork): Mode => modes.find((mode) => mode === options['mode']) ?? 'l2';
export const flagOf = ({ options }: DesiredNetwork): Flag => flags.find((flag) => flag === options['flag']) ?? 'bridge';
