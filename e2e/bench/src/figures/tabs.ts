import type { Endpoint, Sandbox } from '@netyard/api-client';
import type { Page } from 'playwright-core';
import type { Bench } from '../bench';
import { Browser } from '../browser/browser';
import { Dashboard } from '../browser/dashboard';
import { sumOf, weigh, weightText, type Weight } from '../browser/weight';
import type { Deployment } from '../deployment/deployment';
import { endpointBody } from '../deployment/objects';
import { networkName, seedThousand } from '../deployment/thousand';
import type { Measurement, Reading } from '../measurement';
import { partsOf, upTo } from '../numbers';
import { pause } from '../timing';

const paths = ['/', '/networks', '/endpoints', '/hosts', '/topology'];
/** Of each round: a sandbox made, an endpoint joined to it and labelled, and both deleted. */
const changesPerRound = 5;
/** So that an hour has a change each second, all of them real: the kernel's and the pages'. */
const rounds = 720;
/** What is filled once, caches and compiled code, is filled by these before the first weighing. */
const warmUpRounds = 60;
/** Each five minutes of an hour. */
const weighings = 12;
const atOnce = 4;
const waitSeconds = 60;

/** Whether what stays open all day grows. */
export const tabs: Measurement = {
  name: 'tabs',
  figures: [
    {
      name: 'tabs.heap',
      unit: 'MiB',
      meaning: `what the heaps of five tabs grow by, altogether, while ${rounds * changesPerRound} changes go by, spread over --minutes`,
      target: { atMost: 5 },
    },
    {
      name: 'tabs.nodes',
      unit: 'nodes',
      meaning: 'what their documents grow by, nodes that have been taken out and are still held included',
    },
    { name: 'tabs.listeners', unit: 'listeners', meaning: 'what their listeners to events become more by' },
  ],
  async run(bench) {
    const deployment = await bench.deployment('tabs');
    const server = await Dashboard.start(bench, 'tabs', deployment.client.url);
    const browser = await Browser.start(bench, 'tabs', server.url, deployment.client.token);
    try {
      await seedThousand(bench, deployment);
      return await growth(bench, deployment, browser);
    } finally {
      await browser.close();
      await server.close();
      await deployment.close();
    }
  },
};

async function growth(bench: Bench, deployment: Deployment, browser: Browser): Promise<Reading[]> {
  const pages: Page[] = [];
  for (const path of paths) pages.push(await browser.open(path));
  const clients = deployment.clients(atOnce);
  const change = (number: number): Promise<void> => changeAll({ client: clients, host: deployment.host }, number);
  for (const part of partsOf(upTo(warmUpRounds), atOnce)) await Promise.all(part.map(change));
  const began = performance.now();
  const first = await weighAll(bench, pages, 0);
  let last = first;
  for (const [index, part] of partsOf(upTo(rounds), rounds / weighings).entries()) {
    await (bench.minutes > 0 ? steadily(bench, part, began, change) : atATime(part, change));
    last = await weighAll(bench, pages, performance.now() - began);
    bench.progress(`${(index + 1) * part.length * changesPerRound} changes of ${rounds * changesPerRound}`);
  }
  const [before, after] = [sumOf(first), sumOf(last)];
  for (const [index, path] of paths.entries()) bench.progress(`${path}: ${text(first[index])} → ${text(last[index])}`);
  return [
    { figure: 'tabs.heap', value: after.heapMiB - before.heapMiB },
    { figure: 'tabs.nodes', value: after.nodes - before.nodes },
    { figure: 'tabs.listeners', value: after.listeners - before.listeners },
  ];
}

const text = (weight: Weight | undefined): string => (weight ? weightText(weight) : '');

async function atATime(numbers: readonly number[], change: (number: number) => Promise<void>): Promise<void> {
  for (const part of partsOf(numbers, atOnce)) await Promise.all(part.map(change));
}

/** Each round at its time; those that come late are not waited for less. */
async function steadily(bench: Bench, numbers: readonly number[], began: number, change: (number: number) => Promise<void>): Promise<void> {
  const everyMs = (bench.minutes * 60_000) / rounds;
  for (const number of numbers) {
    bench.throwIfInterrupted();
    await change(number);
    await pause(Math.max(0, began + (number + 1) * everyMs - performance.now()));
  }
}

async function changeAll({ client, host }: Pick<Deployment, 'client' | 'host'>, number: number): Promise<void> {
  const name = `brief-${number}`;
  const sandbox = await client.post<Sandbox>('/v1/sandboxes', { metadata: { name }, spec: { host: host.name } }, { waitSeconds });
  const endpoint = await client.post<Endpoint>('/v1/endpoints', endpointBody(name, networkName(number), name), { waitSeconds });
  await client.patch(`/v1/endpoints/${endpoint.metadata.id}`, { metadata: { labels: { turn: String(number) } } });
  await client.delete(`/v1/endpoints/${endpoint.metadata.id}`);
  await client.delete(`/v1/sandboxes/${sandbox.metadata.id}`);
}

/** Throws where a tab does not follow any more: what stands still does not grow. */
async function weighAll(bench: Bench, pages: readonly Page[], elapsedMs: number): Promise<Weight[]> {
  const weights: Weight[] = [];
  for (const page of pages) {
    await page.getByText('Live', { exact: true }).waitFor();
    weights.push(await weigh(page));
  }
  bench.progress(`after ${(elapsedMs / 60_000).toFixed(1)} min: ${weightText(sumOf(weights))}`);
  return weights;
}
