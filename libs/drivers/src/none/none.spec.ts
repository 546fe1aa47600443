import { describe, expect, it } from 'vitest';
import { noneDriver } from '.';
import { driverConforms } from '../conformance';
import { aBareEndpoint, aNetwork, anEndpoint, aSandbox } from '../fixture';

const network = aNetwork({ name: 'nothing', driver: 'none', options: {}, subnets: [] });
const sandbox = aSandbox();
const hostSandbox = aSandbox({ namespace: { type: 'host' } });

describe('none driver', () => {
  driverConforms(noneDriver, { network, sandbox, endpoint: aBareEndpoint() }, { network, sandbox: hostSandbox, endpoint: aBareEndpoint() });

  it('makes nothing', () => {
    expect([...noneDriver.network(network), ...noneDriver.join({ network, sandbox, endpoint: aBareEndpoint() })]).toEqual([]);
  });

  it('refuses an endpoint with an address', () => {
    expect(() => noneDriver.join({ network, sandbox, endpoint: anEndpoint() })).toThrow('endpoint a-web of a none network');
  });
});
