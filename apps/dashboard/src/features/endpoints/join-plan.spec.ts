import type { Endpoint } from '@netyard/api-client';
import { describe, expect, it } from 'vitest';
import { yard } from '../inventory/testing/yard';
import { joinPlan } from './join-plan';

const inventory = yard({
  hosts: ['h1', 'h2'],
  networks: [
    { name: 'web', driver: 'bridge', hosts: ['h1'] },
    { name: 'wide', driver: 'overlay', hosts: ['h1', 'h2'] },
    { name: 'lan', driver: 'macvlan', hosts: ['h2'] },
  ],
  sandboxes: [
    { name: 'a', host: 'h1', endpoints: ['web', 'wide'] },
    { name: 'b', host: 'h2', endpoints: ['wide'] },
    { name: 'c', host: 'h2', endpoints: [] },
  ],
});
const [example] = inventory.endpoints;

/** The API's answer, as far as a plan is told from it. */
function previewOf(status: Partial<Endpoint['status']>): Endpoint {
  if (!example) throw new Error('the yard has no endpoint');
  return { ...example.object, status: { ...example.object.status, macAddress: null, ...status } };
}

function plan(networkName: string, sandboxName: string, status: Partial<Endpoint['status']>): string[] {
  const network = inventory.networks.find(({ name }) => name === networkName);
  const sandbox = inventory.sandboxes.find(({ name }) => name === sandboxName);
  if (!network || !sandbox) throw new Error('the yard lacks it');
  return joinPlan(previewOf(status), network, sandbox, inventory).map(({ name, value }) => `${name}: ${value}`);
}

describe('joinPlan', () => {
  it('tells of a first part of a bridge on a host, where nobody is reached yet', () => {
    expect(
      plan('web', 'c', { interfaceName: 'eth0', addresses: ['10.0.0.3/24'], gateways: ['10.0.0.1'], macAddress: '02:00:00:00:00:03' }),
    ).toEqual([
      'On host: h2',
      'Makes: a veth pair, eth0 in the sandbox; network web on h2, which is new there',
      'Addresses: 10.0.0.3/24',
      'MAC address: 02:00:00:00:00:03',
      'Gateway: 10.0.0.1, the sandbox’s default route',
      'Reaches: no other endpoint yet',
    ]);
  });

  it('tells of another network of a sandbox, and whom it reaches across hosts', () => {
    expect(plan('wide', 'c', { interfaceName: 'eth0', addresses: [], gateways: [] })).toEqual([
      'On host: h2',
      'Makes: a veth pair, eth0 in the sandbox',
      'Reaches: a-wide, b-wide, and they it',
    ]);
    expect(plan('lan', 'b', { interfaceName: 'eth1', addresses: ['192.0.2.7/24'], gateways: ['192.0.2.1'] })).toEqual([
      'On host: h2',
      'Makes: a macvlan link, eth1 in the sandbox',
      'Addresses: 192.0.2.7/24',
      'Gateway: 192.0.2.1, beside that of another endpoint',
      'Reaches: no other endpoint yet',
    ]);
  });
});
