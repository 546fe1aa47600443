import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sandboxNamespaceName } from '@netyard/contracts';
import type { Endpoint, Sandbox } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { assertReady } from '../deployment/objects';
import type { Measurement, Reading } from '../measurement';
import { upTo } from '../numbers';
import { quantile } from '../statistics';

const run = promisify(execFile);
const hostCount = 5;
const rounds = 100;
const waitSeconds = 20;

/** How soon an endpoint is reached from another host. */
export const overlay: Measurement = {
  name: 'overlay',
  figures: [
    {
      name: 'overlay.ready.p50',
      unit: 'ms',
      meaning: `an endpoint joins, from the request until all of ${hostCount} hosts reach it, median`,
    },
    { name: 'overlay.reach.p50', unit: 'ms', meaning: 'the same until a ping from another host is answered, median' },
    { name: 'overlay.reach.p99', unit: 'ms', meaning: 'the same, 99 % are faster' },
  ],
  async run(bench) {
    const deployment = await bench.deployment('overlay', { wired: true });
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment): Promise<Reading[]> {
  const { client } = deployment;
  const hosts = [deployment.host.name];
  while (hosts.length < hostCount) hosts.push((await deployment.addHost()).name);
  await client.post('/v1/networks', { metadata: { name: 'wide' }, spec: { driver: 'overlay', subnets: [{ cidr: '10.72.0.0/16' }] } });
  const sandboxes: Sandbox[] = [];
  for (const [index, host] of hosts.entries()) {
    for (const name of [`stays-${index}`, `joins-${index}`])
      sandboxes.push(await client.post<Sandbox>('/v1/sandboxes', { metadata: { name }, spec: { host } }, { waitSeconds }));
    await client.post(
      '/v1/endpoints',
      { metadata: { name: `stays-${index}` }, spec: { network: 'wide', sandbox: `stays-${index}` } },
      { waitSeconds },
    );
  }
  const namespaceOf = (name: string): string =>
    sandboxNamespaceName(sandboxes.find(({ metadata }) => metadata.name === name)?.metadata.id ?? '');
  const [ready, reach]: [number[], number[]] = [[], []];
  for (const round of upTo(rounds + hostCount)) {
    bench.throwIfInterrupted();
    const at = round % hostCount;
    const began = performance.now();
    const endpoint = await client.post<Endpoint>(
      '/v1/endpoints',
      { metadata: { name: 'joins' }, spec: { network: 'wide', sandbox: `joins-${at}` } },
      { waitSeconds },
    );
    const answered = performance.now();
    assertReady([endpoint], 1);
    const address = endpoint.status.addresses[0]?.split('/')[0] ?? '';
    // The first ping has to be answered: Ready says that it is.
    await run('ip', ['netns', 'exec', namespaceOf(`stays-${(at + 1) % hostCount}`), 'ping', '-c1', '-W1', address]);
    const reached = performance.now();
    if (round > hostCount) {
      ready.push(answered - began);
      reach.push(reached - began);
    }
    await client.delete(`/v1/endpoints/${endpoint.metadata.id}`);
  }
  return [
    { figure: 'overlay.ready.p50', value: quantile(ready, 0.5) },
    { figure: 'overlay.reach.p50', value: quantile(reach, 0.5) },
    { figure: 'overlay.reach.p99', value: quantile(reach, 0.99) },
  ];
}
