import autocannon from 'autocannon';
import type { Endpoint } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { Deployment } from '../deployment/deployment';
import { createNetwork, endpointBody } from '../deployment/objects';
import { assertIndexed, plansOf } from '../deployment/plan-log';
import type { Measurement } from '../measurement';
import { partsOf, upTo } from '../numbers';
import { quantile } from '../statistics';
import { perSecond } from '../timing';

const count = 10_000;
const bulkSize = 1_000;
const pageSize = 100;
const seconds = 5;
const connections = 4;
const path = `/v1/endpoints?limit=${pageSize}`;

/** Pages of a long list, with a look at how the database finds them. */
export const list: Measurement = {
  name: 'list',
  figures: [
    {
      name: 'list.rate',
      unit: '/s',
      meaning: `pages of ${pageSize} endpoints out of ${count}, ${connections} clients at once; all by indexes`,
    },
    { name: 'list.p95', unit: 'ms', meaning: 'how long a page takes then, 95 % are faster' },
  ],
  async run(bench) {
    const deployment = await bench.deployment('list', { withHost: false, explain: true });
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment) {
  const { client } = deployment;
  await createNetwork(client, 'long', '10.60.0.0/16');
  const bodies = upTo(count).map((number) => endpointBody(`long-${number}`, 'long', null));
  for (const items of partsOf(bodies, bulkSize)) await client.post('/v1/endpoints/bulk', { items });
  const { nextCursor } = await page(deployment, path);
  // From the middle, where a plan that counts from the beginning would show.
  const middle = `${path}&cursor=${encodeURIComponent(nextCursor ?? '')}`;
  const plans = await plansOf(bench, deployment, 'endpoint', () => page(deployment, middle));
  for (const plan of plans) assertIndexed(plan);
  bench.progress(`indexes: ${[...new Set(plans.flatMap(({ indexes }) => indexes))].join(', ')}`);
  const { rate, times } = await load(deployment, middle);
  return [
    { figure: 'list.rate', value: rate },
    { figure: 'list.p95', value: quantile(times, 0.95) },
  ];
}

/** Several clients at once, each asking again as soon as it is answered. */
async function load({ client }: Deployment, path: string): Promise<{ rate: number; times: number[] }> {
  const times: number[] = [];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon(
      { url: `${client.url}${path}`, connections, duration: seconds, headers: { authorization: `Bearer ${client.token}` } },
      (error: Error | null, result) => (error ? reject(error) : resolve(result)),
    );
    instance.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} answers were refusals, ${result.errors} failed`);
  return { rate: perSecond(times.length, result.duration * 1000), times };
}

interface Page {
  items: Endpoint[];
  nextCursor: string | null;
}

async function page({ client }: Deployment, path: string): Promise<Page> {
  const found = await client.get<Page>(path);
  const complete = found.items.filter(({ status }) => status.addresses.length === 1);
  if (complete.length !== pageSize) throw new Error(`${path} gave ${complete.length} endpoints with an address, not ${pageSize}`);
  return found;
}
