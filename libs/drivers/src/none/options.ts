import type { DriverDescription } from '@netyard/contracts';

export const description: DriverDescription = {
  name: 'none',
  description: 'No network: the sandbox has only its loopback.',
  connectivityScope: 'host',
  hasSubnets: false,
  passesHost: false,
  hasMacs: false,
  neededFeatures: [],
  maxEndpointsPerHost: null,
  optionSchema: { type: 'object', additionalProperties: false, properties: {} },
};
