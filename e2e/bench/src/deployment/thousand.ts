import type { Bench } from '../bench';
import { partsOf, upTo } from '../numbers';
import type { Deployment } from './deployment';
import { createEndpoints, createNetwork, createSandboxes, endpointBody } from './objects';

export const endpointCount = 1_000;
const networkCount = 10;
const perSandbox = 10;

export const networkName = (number: number): string => `net-${number % networkCount}`;

/** A thousand endpoints that are Ready, of a hundred sandboxes in ten networks: what pages are measured with. */
export async function seedThousand(bench: Bench, deployment: Deployment): Promise<void> {
  const { client } = deployment;
  for (const number of upTo(networkCount)) await createNetwork(client, networkName(number), `10.8${number}.0.0/16`);
  const sandboxes = await createSandboxes(deployment, 'box', endpointCount / perSandbox);
  const bodies = upTo(endpointCount).map((number) =>
    endpointBody(`end-${number}`, networkName(number), sandboxes[Math.floor(number / perSandbox)]?.metadata.name ?? null),
  );
  for (const part of partsOf(bodies, 250)) {
    bench.progress(`${part.at(-1)?.metadata.name} of ${endpointCount}`);
    await createEndpoints(client, part);
  }
}
