import type { Endpoint } from '@netyard/api-client';
import type { Bench } from '../bench';
import type { ApiClient } from '../deployment/api-client';
import type { Deployment } from '../deployment/deployment';
import { createNetwork, endpointBody } from '../deployment/objects';
import type { Measurement } from '../measurement';
import { partsOf, upTo } from '../numbers';
import { perSecond } from '../timing';

const taken = 60_000;
const clientsAtOnce = 16;
const fillAtOnce = 2;
const bulkSize = 1_000;
const warmUp = 300;
const singles = 1_200;
const bulkRequests = 64;
const bulkItems = 50;

/** Addresses of one /16 that is nearly full, to many who ask at once. Endpoints that join nothing: the host has no part in it. */
export const allocate: Measurement = {
  name: 'allocate',
  figures: [
    {
      name: 'allocate.rate',
      unit: '/s',
      meaning: `addresses, ${clientsAtOnce} requests of ${bulkItems} at once, ${taken} of a /16 taken, none twice`,
      target: { atLeast: 1_000 },
    },
    { name: 'allocate.single.rate', unit: '/s', meaning: `the same by requests of one, ${clientsAtOnce} at once` },
  ],
  async run(bench) {
    const deployment = await bench.deployment('allocate', { withHost: false });
    try {
      return await measure(bench, deployment);
    } finally {
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment) {
  const given = new Given();
  const client = deployment.clients(clientsAtOnce);
  await createNetwork(client, 'large', '10.50.0.0/16');
  const names = upTo(taken).map((number) => `taken-${number}`);
  let filled = 0;
  await atOnce(fillAtOnce, partsOf(names, bulkSize), async (part) => {
    given.add(await createUnjoined(client, part));
    filled += part.length;
    if (filled % 10_000 === 0) bench.progress(`${filled} addresses taken`);
  });
  bench.progress(`${clientsAtOnce} at once`);
  const ask = (prefix: string, count: number): Promise<void> =>
    atOnce(clientsAtOnce, upTo(count), async (number) =>
      given.add([await client.post<Endpoint>('/v1/endpoints', endpointBody(`${prefix}-${number}`, 'large', null))]),
    );
  await ask('warm', warmUp);
  const single = await rate(singles, () => ask('single', singles));
  const bulk = await rate(bulkRequests * bulkItems, () =>
    atOnce(clientsAtOnce, upTo(bulkRequests), async (request) =>
      given.add(
        await createUnjoined(
          client,
          upTo(bulkItems).map((number) => `bulk-${request}-${number}`),
        ),
      ),
    ),
  );
  await given.assertMatches(client, 'large');
  return [
    { figure: 'allocate.rate', value: bulk },
    { figure: 'allocate.single.rate', value: single },
  ];
}

async function createUnjoined(client: ApiClient, names: string[]): Promise<Endpoint[]> {
  const items = names.map((name) => endpointBody(name, 'large', null));
  return (await client.post<{ items: Endpoint[] }>('/v1/endpoints/bulk', { items })).items;
}

/** All addresses that were given: none twice. */
class Given {
  readonly #addresses = new Set<string>();

  /** Throws for an endpoint without address, or with one that was given before. */
  add(endpoints: Endpoint[]): void {
    for (const { metadata, status } of endpoints) {
      const [address] = status.addresses;
      if (address === undefined || this.#addresses.has(address))
        throw new Error(`endpoint ${metadata.name} was given ${address}, as another was before`);
      this.#addresses.add(address);
    }
  }

  /** Throws unless the API counts as many. */
  async assertMatches(client: ApiClient, network: string): Promise<void> {
    const { status } = await client.get<{ status: { subnets: { addressesInUse: number }[] } }>(`/v1/networks/${network}`);
    const inUse = status.subnets[0]?.addressesInUse;
    if (inUse !== this.#addresses.size) throw new Error(`the API counts ${inUse} addresses in use, and gave ${this.#addresses.size}`);
  }
}

async function rate(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return perSecond(count, performance.now() - started);
}

async function atOnce<T>(count: number, items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    upTo(count).map(async () => {
      for (const item of queue) await work(item);
    }),
  );
}
