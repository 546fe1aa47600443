import { gzipSync } from 'node:zlib';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Endpoint } from '@netyard/api-client';
import type { Page } from 'playwright-core';
import type { Bench } from '../bench';
import { Browser } from '../browser/browser';
import { Dashboard } from '../browser/dashboard';
import { frameRate, rowPainted } from '../browser/in-page';
import type { Deployment } from '../deployment/deployment';
import { createEndpoints, createNetwork, createSandboxes, endpointBody } from '../deployment/objects';
import type { Measurement, Reading } from '../measurement';
import { partsOf, upTo } from '../numbers';
import { median, quantile } from '../statistics';

const endpointCount = 1_000;
const networkCount = 10;
const rowCount = 10_000;
const paintRounds = 30;
const warmUpRounds = 5;
const tabs = ['/', '/networks', '/endpoints', '/hosts', '/topology'];
/** As many as an hour brings where each second something changes. */
const changes = 3_600;
const waitSeconds = 60;

/** The pages in Chromium, with the real API behind them. */
export const dashboard: Measurement = {
  name: 'dashboard',
  figures: [
    {
      name: 'dashboard.performance',
      unit: 'points',
      meaning: `Lighthouse's performance, for a desktop, the lowest of ${tabs.join(' ')} with ${endpointCount} endpoints`,
      target: { atLeast: 90 },
    },
    { name: 'dashboard.accessibility', unit: 'points', meaning: 'its accessibility, the lowest likewise', target: { atLeast: 100 } },
    { name: 'dashboard.practices', unit: 'points', meaning: 'its best practices, the lowest likewise', target: { atLeast: 95 } },
    {
      name: 'dashboard.script',
      unit: 'kB',
      meaning: 'scripts that the first page loads before it can be used, by gzip',
      target: { atMost: 200 },
    },
    {
      name: 'dashboard.paint',
      unit: 'ms',
      meaning: 'from the kernel making an endpoint’s link to the row that says Ready on the page, 95 % are faster',
      target: { atMost: 500 },
    },
    { name: 'dashboard.scroll', unit: '/s', meaning: `frames while a table of ${rowCount} rows is scrolled`, target: { atLeast: 50 } },
    {
      name: 'dashboard.heap',
      unit: 'MiB',
      meaning: `what the heaps of five tabs grow by, altogether, while ${changes} changes go by`,
      target: { atMost: 5 },
    },
  ],
  async run(bench) {
    const deployment = await bench.deployment('dashboard');
    const server = await Dashboard.start(bench, 'dashboard', deployment.client.url);
    const browser = await Browser.start(bench, 'dashboard', server.url, deployment.client.token);
    try {
      return await measure(bench, deployment, server, browser);
    } finally {
      await browser.close();
      await server.close();
      await deployment.close();
    }
  },
};

async function measure(bench: Bench, deployment: Deployment, server: Dashboard, browser: Browser): Promise<Reading[]> {
  await seed(bench, deployment);
  const readings = [
    ...(await audits(bench, server, browser)),
    { figure: 'dashboard.script', value: await firstScripts(bench, browser) },
    { figure: 'dashboard.paint', value: await paint(bench, deployment, browser) },
    { figure: 'dashboard.heap', value: await heapGrowth(bench, deployment, browser) },
  ];
  return [...readings, { figure: 'dashboard.scroll', value: await scroll(bench, deployment, browser) }];
}

const networkName = (number: number): string => `net-${number % networkCount}`;

async function seed(bench: Bench, deployment: Deployment): Promise<void> {
  const { client } = deployment;
  for (let number = 0; number < networkCount; number++) await createNetwork(client, networkName(number), `10.8${number}.0.0/16`);
  const sandboxes = await createSandboxes(deployment, 'box', endpointCount / networkCount);
  const bodies = upTo(endpointCount).map((number) =>
    endpointBody(`end-${number}`, networkName(number), sandboxes[Math.floor(number / networkCount)]?.metadata.name ?? null),
  );
  for (const part of partsOf(bodies, 250)) {
    bench.progress(`${part.at(-1)?.metadata.name} of ${endpointCount}`);
    await createEndpoints(client, part);
  }
}

const categories = { performance: 'performance', accessibility: 'accessibility', practices: 'best-practices' } as const;

async function audits(bench: Bench, server: Dashboard, browser: Browser): Promise<Reading[]> {
  const { default: lighthouse, desktopConfig } = await import('lighthouse');
  const lowest = { performance: 100, accessibility: 100, practices: 100 };
  for (const path of tabs) {
    const result = await lighthouse(
      `${server.url}${path}`,
      { port: browser.debuggingPort, disableStorageReset: true, onlyCategories: Object.values(categories), logLevel: 'silent' },
      desktopConfig,
    );
    const report = result?.lhr;
    if (!report || report.runtimeError || new URL(report.finalDisplayedUrl).pathname !== path)
      throw new Error(`Lighthouse did not see ${path}: ${report?.runtimeError?.message ?? report?.finalDisplayedUrl}`);
    const scores: string[] = [];
    for (const [name, category] of Object.entries(categories) as [keyof typeof lowest, string][]) {
      const score = Math.round((report.categories[category]?.score ?? 0) * 100);
      scores.push(`${name} ${score}`);
      lowest[name] = Math.min(lowest[name], score);
    }
    const imperfect = Object.values(report.audits).filter(
      ({ score, scoreDisplayMode }) =>
        score !== null && score < 0.9 && !['informative', 'notApplicable', 'manual'].includes(scoreDisplayMode),
    );
    bench.progress(
      `${path}: ${scores.join(', ')}; ${imperfect.map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`.trim()).join(', ')}`,
    );
  }
  return Object.entries(lowest).map(([name, value]) => ({ figure: `dashboard.${name}`, value }));
}

/** What the page at / asks for as scripts until its first snapshot is shown. */
async function firstScripts(bench: Bench, browser: Browser): Promise<number> {
  const page = await browser.context.newPage();
  const bodies: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.push(response.body().then((body) => gzipSync(body).length));
  });
  const first = await browser.open('/');
  const url = first.url();
  await first.close();
  await page.goto(url);
  await page.getByText('Live', { exact: true }).waitFor();
  const sizes = await Promise.all(bodies);
  bench.progress(`${sizes.length} scripts`);
  await page.close();
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}

/** When the kernel of a host made each link, by name, in milliseconds since 1970. */
function watchLinks(path: string): { times: Map<string, number>; end: () => void } {
  const monitor = spawn('nsenter', [`--net=${path}`, 'ip', '-o', 'monitor', 'link'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const times = new Map<string, number>();
  createInterface({ input: monitor.stdout }).on('line', (line) => {
    const name = /^\d+: (nyv[0-9a-f]+)@/.exec(line)?.[1];
    if (name && !times.has(name)) times.set(name, Date.now());
  });
  return { times, end: () => monitor.kill() };
}

async function paint(bench: Bench, deployment: Deployment, browser: Browser): Promise<number> {
  const { client, host } = deployment;
  const page = await browser.open('/endpoints');
  const links = watchLinks(host.path);
  const times: number[] = [];
  try {
    // The monitor says nothing when it has begun to listen: the first joins show it.
    for (let round = -warmUpRounds; round < paintRounds; round++) {
      bench.throwIfInterrupted();
      const name = `aa-${round + warmUpRounds}`;
      const painted = page.evaluate(rowPainted, name);
      const endpoint = await client.post<Endpoint>('/v1/endpoints', endpointBody(name, networkName(round + warmUpRounds), 'box-1'), {
        waitSeconds,
      });
      const at = await painted;
      const made = links.times.get(endpoint.status.hostLink ?? '');
      await client.delete(`/v1/endpoints/${endpoint.metadata.id}`);
      if (round < 0) continue;
      if (made === undefined) throw new Error(`the kernel told nothing of ${endpoint.status.hostLink}`);
      times.push(at - made);
    }
  } finally {
    links.end();
    await page.close();
  }
  bench.progress(`painted after ${Math.round(median(times))} ms (median)`);
  return quantile(times, 0.95);
}

/** Five tabs that show what changes; heaps are weighed after the garbage has been collected. */
async function heapGrowth(bench: Bench, { client }: Deployment, browser: Browser): Promise<number> {
  const pages: Page[] = [];
  for (const path of tabs) pages.push(await browser.open(path));
  const change = async (count: number): Promise<void> => {
    for (const part of partsOf(upTo(count), 8))
      await Promise.all(
        part.map((number) =>
          client
            .post<Endpoint>('/v1/endpoints', endpointBody(`brief-${number}`, 'net-0', null))
            .then(({ metadata }) => client.delete(`/v1/endpoints/${metadata.id}`)),
        ),
      );
  };
  // What is filled once, caches and compiled code, is filled before.
  await change(200);
  const before = await weigh(pages);
  await change(changes / 2);
  const after = await weigh(pages);
  bench.progress(
    `heaps in MiB: ${tabs.map((path, index) => `${path} ${before[index]?.toFixed(1)} → ${after[index]?.toFixed(1)}`).join(', ')}`,
  );
  for (const page of pages) await page.close();
  return after.reduce((sum, value) => sum + value, 0) - before.reduce((sum, value) => sum + value, 0);
}

async function weigh(pages: Page[]): Promise<number[]> {
  const sizes: number[] = [];
  for (const page of pages) {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    sizes.push(usedSize / 2 ** 20);
  }
  return sizes;
}

async function scroll(bench: Bench, { client }: Deployment, browser: Browser): Promise<number> {
  const bodies = upTo(rowCount - endpointCount).map((number) => endpointBody(`more-${number}`, networkName(number), null));
  for (const items of partsOf(bodies, 1_000)) {
    bench.progress(`${items.at(-1)?.metadata.name} of ${bodies.length}`);
    await client.post('/v1/endpoints/bulk', { items });
  }
  const page = await browser.open('/endpoints');
  await page.mouse.move(720, 600);
  const rates: number[] = [];
  for (let round = 0; round < 3; round++) {
    const frames = page.evaluate(frameRate, 2_000);
    let isOver = false;
    void frames.then(() => (isOver = true));
    while (!isOver) await page.mouse.wheel(0, 400);
    rates.push(await frames);
  }
  await page.close();
  return median(rates);
}
