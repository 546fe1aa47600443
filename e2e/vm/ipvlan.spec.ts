import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, Deployment, outcome } from '@netyard/testing';

/** Two hosts on one wire, and an ipvlan network on it, with a sandbox on each. */
describe('an ipvlan network across hosts', () => {
  let deployment: Deployment;
  const sandboxes: ApiObject[] = [];

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    await deployment.create('networks', 'lan', {
      driver: 'ipvlan',
      subnets: [{ cidr: '10.50.0.0/24' }, { cidr: 'fd00:50::/64' }],
      options: { parent: 'eth0' },
    });
    for (const number of [1, 2]) {
      sandboxes.push(await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
      await deployment.create('endpoints', `e${number}`, {
        network: 'lan',
        sandbox: `s${number}`,
        addresses: [`10.50.0.1${number}`, `fd00:50::1${number}`],
      });
    }
  });
  afterAll(() => deployment.close());

  it('connects them by the wire alone, by IPv4 and IPv6', () => {
    const enter = deployment.enter(sandboxes[0] as ApiObject);
    for (const target of ['10.50.0.12', 'fd00:50::12']) expect(outcome([...enter, 'ping', '-c1', '-W5', target])).toContain(' 1 received');
  });
});
