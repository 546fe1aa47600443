import { execFileSync } from 'node:child_process';
import { bridgeLinkName, vethLinkName } from '@netyard/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endpoint, network, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

describe('joining and leaving', () => {
  let host: TestHost;
  beforeEach(async () => {
    host = await TestHost.start();
  });
  afterEach(() => host.close());

  it('joins two sandboxes, which reach each other, and takes it all away again', async () => {
    const objects = [network(1), sandbox(1), sandbox(2), endpoint(1, 1), endpoint(2, 1)];
    host.snapshot(...objects);
    await host.ready(...objects);
    execFileSync('nsenter', [`--net=${host.sandboxPath(sandboxId(1))}`, 'ping', '-c1', '-W2', '198.18.1.3']);
    expect(host.links()).toEqual([bridgeLinkName(network(1).id), vethLinkName(endpoint(1, 1).id), vethLinkName(endpoint(2, 1).id)].sort());
    const gone = objects.map((object) => ({ ...object, deleted: true, generation: 2 }));
    host.upsert(...gone);
    await host.gone(...gone);
    expect(host.links()).toEqual([]);
    expect(host.hasSandbox(sandboxId(1))).toBe(false);
  });
});
