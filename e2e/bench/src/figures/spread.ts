import { vxlanLinkName } from '@netyard/contracts';
import type { Network, Sandbox } from '@netyard/api-client';
import { getLink, listForwarding } from '@netyard/netlink';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { assertReady, createEndpoints, endpointBody } from '../deployment/objects';
import type { Host } from '../kernel/host';
import type { Measurement, Reading } from '../measurement';
import { partsOf, upTo } from '../numbers';
import { until } from '../timing';

const waitSeconds = 60;
const sizes = [2_000, 4_000];
/** A network takes 1,022 endpoints on one host. */
const hostsBefore = 4;

/** How a host comes to an overlay that has many endpoints already. */
export const spread: Measurement = {
  name: 'spread',
  figures: sizes.flatMap((size) => [
    {
      name: `spread.host5.${size}`,
      unit: 'ms',
      meaning: `the first endpoint of a 5th host, with ${size} on the others, until Ready`,
    } as const,
    { name: `spread.entries.${size}`, unit: 'ms', meaning: `the same until that host has an entry for every other endpoint` } as const,
  ]),
  async run(bench) {
    const deployment = await bench.deployment('spread', { wired: true });
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment): Promise<Reading[]> {
  const { client } = deployment;
  const hosts: Host[] = [deployment.host];
  while (hosts.length < hostsBefore) hosts.push(await deployment.addHost());
  const last = await deployment.addHost();
  const network = await client.post<Network>('/v1/networks', {
    metadata: { name: 'wide' },
    spec: { driver: 'overlay', subnets: [{ cidr: '10.73.0.0/16' }] },
  });
  await client.post<Sandbox>('/v1/sandboxes', { metadata: { name: 'late' }, spec: { host: last.name } }, { waitSeconds });
  const readings: Reading[] = [];
  let made = 0;
  for (const size of sizes) {
    const names = upTo(size - made).map((number) => ({ name: `wide-${made + number}`, host: hosts[(made + number) % hostsBefore]?.name }));
    for (const part of partsOf(names, 500)) {
      bench.progress(`${made + part.length} of ${size} endpoints`);
      const items = part.map(({ name, host }) => ({ metadata: { name }, spec: { host } }));
      assertReady((await client.post<{ items: Sandbox[] }>('/v1/sandboxes/bulk', { items }, { waitSeconds })).items, part.length);
      await createEndpoints(
        client,
        part.map(({ name }) => endpointBody(name, 'wide', name)),
      );
      made += part.length;
    }
    const began = performance.now();
    const [endpoint] = await createEndpoints(client, [endpointBody('late', 'wide', 'late')]);
    readings.push({ figure: `spread.host5.${size}`, value: performance.now() - began });
    await until('every entry is there', () => entries(last, network) >= size + hostsBefore);
    readings.push({ figure: `spread.entries.${size}`, value: performance.now() - began });
    await client.delete(`/v1/endpoints/${endpoint?.metadata.id}`);
    await until('the host has left the network', () => last.link(vxlanLinkName(network.metadata.id)) === undefined);
  }
  return readings;
}

/** How many MAC addresses the host knows the way to. */
function entries({ socket }: Host, network: Network): number {
  const link = getLink(socket, vxlanLinkName(network.metadata.id));
  return link ? listForwarding(socket, link.index).length : 0;
}
