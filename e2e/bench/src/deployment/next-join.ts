import type { Endpoint, Sandbox } from '@netyard/api-client';
import type { Bench } from '../bench';
import { assertGone, assertJoined } from '../kernel/host';
import { timed } from '../timing';
import type { Deployment } from './deployment';
import { assertReady, endpointBody, expectedJoin } from './objects';

const waitSeconds = 10;

/** Joins one endpoint and deletes it, again and again, in the networks in turn: how many milliseconds each join took. The host is as before afterwards. */
export async function timeNextJoins(
  bench: Bench,
  { client, host }: Deployment,
  sandbox: Sandbox,
  networks: string[],
  rounds: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bench.throwIfInterrupted();
    const body = endpointBody('next', networks[round % networks.length] ?? '', sandbox.metadata.name);
    const endpoint = await timed(times, () => client.post<Endpoint>('/v1/endpoints', body, { waitSeconds }));
    assertReady([endpoint], 1);
    const expected = expectedJoin(endpoint, sandbox);
    assertJoined(host, expected);
    await client.delete(`/v1/endpoints/${endpoint.metadata.id}`);
    assertGone(host, expected.hostLink);
  }
  return times;
}
