import type { DriverDescription } from '@netyard/contracts';

export const description: DriverDescription = {
  name: 'host',
  description: 'The host’s own stack: no addresses are given, and ports are the host’s.',
  connectivityScope: 'host',
  hasSubnets: false,
  passesHost: false,
  hasMacs: false,
  neededFeatures: [],
  maxEndpointsPerHost: 1,
  optionSchema: { type: 'object', additionalProperties: false, properties: {} },
};
