import type { DesiredNetwork, DriverDescription } from '@netyard/contracts';
import { addressingOption, hostShimOption, mtuOption, parentOption } from '../wire/parent';

/** What endpoints of one parent may say to each other. */
export const modes = ['bridge', 'private', 'vepa', 'passthru'] as const;
export type Mode = (typeof modes)[number];

export const description: DriverDescription = {
  name: 'macvlan',
  description: 'Endpoints straight on the wire of a host’s link, each with a MAC address of its own.',
  connectivityScope: 'global',
  hasSubnets: true,
  passesHost: false,
  hasMacs: true,
  neededFeatures: ['macvlan'],
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
          'What endpoints on one host may say to each other: bridge, directly; vepa, by a switch outside that reflects frames; private, nothing; passthru, there is but one, which has the parent for itself.',
        enum: [...modes],
        default: 'bridge',
        immutable: true,
      },
      addressing: addressingOption,
      hostShim: hostShimOption,
      mtuBytes: mtuOption,
    },
  },
};

export const modeOf = ({ options }: DesiredNetwork): Mode => modes.find((mode) => mode === options['mode']) ?? 'bridge';
