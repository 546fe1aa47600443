import { join } from 'node:path';
import { sandboxNamespaceName } from '@netyard/contracts';
import type { Endpoint, Sandbox } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { assertReady } from '../deployment/objects';
import { BarePath } from '../kernel/bare-path';
import type { Measurement, Reading } from '../measurement';
import { iperfRate, requestRate } from '../peers/iperf';
import { median } from '../statistics';

/** Taken in turn, so that what the machine does meanwhile meets both. */
const rounds = 5;
const waitSeconds = 20;

/** What networks carry, beside links that were made by hand. */
export const throughput: Measurement = {
  name: 'throughput',
  figures: [
    {
      name: 'throughput.bridge',
      unit: 'Gbit/s',
      meaning: 'one TCP connection between sandboxes on a bridge network, median',
      peer: 'bare bridge',
    },
    { name: 'throughput.bridge.ratio', unit: '×', meaning: 'the same against a bare bridge', target: { atLeast: 0.98 } },
    {
      name: 'throughput.overlay',
      unit: 'Gbit/s',
      meaning: 'one TCP connection between sandboxes on two hosts, on an overlay network, median',
      peer: 'bare VXLAN',
    },
    { name: 'throughput.overlay.ratio', unit: '×', meaning: 'the same against a bare VXLAN', target: { atLeast: 0.97 } },
    {
      name: 'throughput.overlay.requests',
      unit: '/s',
      meaning: 'requests of one byte, one after the other, between two hosts, median',
      peer: 'bare VXLAN',
    },
    { name: 'throughput.overlay.requests.ratio', unit: '×', meaning: 'the same against a bare VXLAN', target: { atLeast: 0.97 } },
  ],
  async run(bench) {
    const deployment = await bench.deployment('throughput', { wired: true });
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment): Promise<Reading[]> {
  const logPath = join(bench.logFolder, 'throughput.log');
  const second = await deployment.addHost();
  const hosts = [deployment.host.name, second.name];
  const bridge = await pair(deployment, 'bridge', '10.70.0.0/24', [deployment.host.name, deployment.host.name]);
  const overlay = await pair(deployment, 'overlay', '10.71.0.0/24', hosts);
  const readings: Reading[] = [];
  for (const [name, own, makeBare, measures] of [
    ['bridge', bridge, BarePath.bridge, { '': iperfRate }],
    ['overlay', overlay, BarePath.vxlan, { '': iperfRate, '.requests': requestRate }],
  ] as const) {
    const bare = makeBare();
    try {
      const bareSides = { enterServer: bare.enter(2), enterClient: bare.enter(1), address: '198.18.0.2', logPath };
      for (const [suffix, rateOf] of Object.entries(measures)) {
        const rates: [number[], number[]] = [[], []];
        for (let round = 0; round < rounds; round++) {
          bench.progress(`${name}${suffix}: round ${round + 1} of ${rounds}`);
          rates[0].push(await rateOf({ ...own, logPath }));
          rates[1].push(await rateOf(bareSides));
        }
        const [value, peerValue] = [median(rates[0]), median(rates[1])];
        readings.push(
          { figure: `throughput.${name}${suffix}`, value, peerValue },
          { figure: `throughput.${name}${suffix}.ratio`, value: value / peerValue },
        );
      }
    } finally {
      await bare.close();
    }
  }
  return readings;
}

/** Two sandboxes with an endpoint each on a new network, ready. */
async function pair({ client }: Deployment, driver: string, cidr: string, hosts: string[]) {
  await client.post('/v1/networks', { metadata: { name: driver }, spec: { driver, subnets: [{ cidr }] } });
  const enters: string[][] = [];
  const addresses: string[] = [];
  for (const [index, host] of hosts.entries()) {
    const name = `${driver}-${index}`;
    const sandbox = await client.post<Sandbox>('/v1/sandboxes', { metadata: { name }, spec: { host } }, { waitSeconds });
    const endpoint = await client.post<Endpoint>(
      '/v1/endpoints',
      { metadata: { name }, spec: { network: driver, sandbox: name } },
      { waitSeconds },
    );
    assertReady([endpoint], 1);
    enters.push(['ip', 'netns', 'exec', sandboxNamespaceName(sandbox.metadata.id)]);
    addresses.push(endpoint.status.addresses[0]?.split('/')[0] ?? '');
  }
  return { enterClient: enters[0] ?? [], enterServer: enters[1] ?? [], address: addresses[1] ?? '' };
}
