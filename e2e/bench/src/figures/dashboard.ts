import { gzipSync } from 'node:zlib';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Endpoint } from '@netyard/api-client';
import type { Bench } from '../bench';
import { audit, type Audit } from '../browser/audit';
import { Browser } from '../browser/browser';
import { Dashboard } from '../browser/dashboard';
import { frameRate, interactionTimes, painted, rowPainted } from '../browser/in-page';
import type { Deployment } from '../deployment/deployment';
import { endpointBody } from '../deployment/objects';
import { endpointCount, networkName, seedThousand } from '../deployment/thousand';
import type { Measurement, Reading } from '../measurement';
import { partsOf, upTo } from '../numbers';
import { median, quantile } from '../statistics';

const rowCount = 10_000;
const paintRounds = 30;
const warmUpRounds = 5;
const pages = ['/', '/networks', '/sandboxes', '/endpoints', '/hosts', '/topology'];
const audited = ['performance', 'accessibility', 'practices', 'lcp', 'cls'].map((name) => `dashboard.${name}`);
const waitSeconds = 60;

/** The pages in Chromium, with the real API behind them. */
export const dashboard: Measurement = {
  name: 'dashboard',
  figures: [
    {
      name: 'dashboard.performance',
      unit: 'points',
      meaning: `Lighthouse's performance, for a desktop, the lowest of ${pages.join(' ')} with ${endpointCount} endpoints`,
      target: { atLeast: 90 },
    },
    { name: 'dashboard.accessibility', unit: 'points', meaning: 'its accessibility, the lowest likewise', target: { atLeast: 100 } },
    { name: 'dashboard.practices', unit: 'points', meaning: 'its best practices, the lowest likewise', target: { atLeast: 95 } },
    {
      name: 'dashboard.lcp',
      unit: 'ms',
      meaning: 'until the largest thing in view is painted, the latest likewise',
      target: { atMost: 1_800 },
    },
    {
      name: 'dashboard.cls',
      unit: 'points',
      meaning: 'how far what is in view moves by what comes later (cumulative layout shift), the highest likewise',
      target: { atMost: 0.05 },
    },
    {
      name: 'dashboard.inp',
      unit: 'ms',
      meaning: 'from a key or a click to the paint that answers it, the slowest of a round over the same pages',
      target: { atMost: 100 },
    },
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
  await seedThousand(bench, deployment);
  const readings: Reading[] = [];
  if (audited.some((figure) => bench.isWanted(figure))) readings.push(...(await audits(bench, server, browser)));
  const one = async (figure: string, read: () => Promise<number>): Promise<void> => {
    if (bench.isWanted(figure)) readings.push({ figure, value: await read() });
  };
  await one('dashboard.inp', () => interactions(bench, browser));
  await one('dashboard.script', () => firstScripts(bench, browser));
  await one('dashboard.paint', () => paint(bench, deployment, browser));
  await one('dashboard.scroll', () => scroll(bench, deployment, browser));
  return readings;
}

/** What Lighthouse says of each page; the worst of each kind is the figure. */
async function audits(bench: Bench, server: Dashboard, browser: Browser): Promise<Reading[]> {
  const found: Audit[] = [];
  for (const path of pages) {
    const one = await audit(browser, `${server.url}${path}`);
    const { scores, lcpMs, cls, tbtMs, imperfect } = one;
    bench.progress(
      `${path}: performance ${scores.performance}, accessibility ${scores.accessibility}, practices ${scores.practices}; ` +
        `LCP ${Math.round(lcpMs)} ms, CLS ${cls.toFixed(3)}, TBT ${Math.round(tbtMs)} ms; ${imperfect.join(', ') || 'nothing to mend'}`,
    );
    found.push(one);
  }
  const lowest = (of: (one: Audit) => number): number => Math.min(...found.map(of));
  const highest = (of: (one: Audit) => number): number => Math.max(...found.map(of));
  return [
    { figure: 'dashboard.performance', value: lowest(({ scores }) => scores.performance) },
    { figure: 'dashboard.accessibility', value: lowest(({ scores }) => scores.accessibility) },
    { figure: 'dashboard.practices', value: lowest(({ scores }) => scores.practices) },
    { figure: 'dashboard.lcp', value: highest(({ lcpMs }) => lcpMs) },
    { figure: 'dashboard.cls', value: highest(({ cls }) => cls) },
  ];
}

/** The slowest answer to a key or a click of a round over each page, as people work with it. */
async function interactions(bench: Bench, browser: Browser): Promise<number> {
  let slowest = 0;
  for (const path of pages) {
    const page = await browser.open(path);
    const times = await page.evaluateHandle(interactionTimes);
    const filter = page.getByRole('searchbox');
    const act = async (interaction: Promise<unknown>): Promise<void> => {
      await interaction;
      await page.evaluate(painted);
    };
    if (await filter.count()) {
      await filter.focus();
      for (const letter of 'end-1') await act(page.keyboard.type(letter));
      await act(filter.fill(''));
      await act(page.locator('body').press('Escape'));
    }
    const sort = page.getByRole('columnheader').getByRole('button', { name: 'Name' });
    if (await sort.count()) {
      await act(sort.click());
      await act(sort.click());
      await act(page.getByRole('row').nth(1).getByRole('button').first().click());
      await act(page.keyboard.press('Escape'));
    }
    await act(page.keyboard.press('Control+k'));
    await page.getByRole('combobox').waitFor();
    for (const letter of 'end-77') await act(page.keyboard.type(letter));
    await act(page.keyboard.press('Escape'));
    const seen = await times.jsonValue();
    const worst = Math.max(0, ...seen);
    bench.progress(`${path}: INP ${worst} ms`);
    slowest = Math.max(slowest, worst);
    await page.close();
  }
  return slowest;
}

/** What the page at / asks for as scripts until its first snapshot is shown. */
async function firstScripts(bench: Bench, browser: Browser): Promise<number> {
  const page = await browser.context.newPage();
  const paths: string[] = [];
  const bodies: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') {
      paths.push(new URL(response.url()).pathname);
      bodies.push(response.body().then((body) => gzipSync(body).length));
    }
  });
  const first = await browser.open('/');
  const url = first.url();
  await first.close();
  await page.goto(url);
  await page.getByText('Live', { exact: true }).waitFor();
  const sizes = await Promise.all(bodies);
  for (const [index, path] of paths.entries()) bench.progress(`${path}: ${sizes[index]} bytes`);
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
      const paintedAt = page.evaluate(rowPainted, name);
      const endpoint = await client.post<Endpoint>('/v1/endpoints', endpointBody(name, networkName(round + warmUpRounds), 'box-1'), {
        waitSeconds,
      });
      const at = await paintedAt;
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
