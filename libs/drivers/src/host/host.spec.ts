import { describe, expect, it } from 'vitest';
import { hostDriver } from '.';
import { driverConforms } from '../conformance';
import { aBareEndpoint, aNetwork, anEndpoint, aSandbox } from '../fixture';

const network = aNetwork({ name: 'own', driver: 'host', options: {}, subnets: [] });
const sandbox = aSandbox({ namespace: { type: 'host' } });

describe('host driver', () => {
  driverConforms(hostDriver, { network, sandbox, endpoint: aBareEndpoint() }, { network, sandbox: aSandbox(), endpoint: aBareEndpoint() });

  it('makes nothing', () => {
    expect([...hostDriver.network(network), ...hostDriver.join({ network, sandbox, endpoint: aBareEndpoint() })]).toEqual([]);
  });

  it('refuses an endpoint with an address', () => {
    expect(() => hostDriver.join({ network, sandbox, endpoint: anEndpoint() })).toThrow('endpoint a-web of a host network');
  });
});
