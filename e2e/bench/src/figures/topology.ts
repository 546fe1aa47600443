import type { Page } from 'playwright-core';
import type { Bench } from '../bench';
import { Browser } from '../browser/browser';
import { Dashboard } from '../browser/dashboard';
import { frameRate, layoutTime } from '../browser/in-page';
import type { Deployment } from '../deployment/deployment';
import { createNetwork, endpointBody } from '../deployment/objects';
import type { Figure, Measurement, Reading } from '../measurement';
import { partsOf, upTo } from '../numbers';
import { median } from '../statistics';

interface Size {
  sandboxes: number;
  networks: number;
  hosts: number;
  endpoints: number;
}

/** With the networks and hosts that they need, 300 nodes and 600 links, and 2,000 and 4,000. */
const small: Size = { sandboxes: 280, networks: 12, hosts: 4, endpoints: 560 };
const large: Size = { sandboxes: 1_930, networks: 40, hosts: 15, endpoints: 3_900 };

const movementMs = 3_000;
const rounds = 3;
/** While it is moved, an object changes so often. */
const changeEveryMs = 250;

const figuresOf = (size: string, nodes: string, framesAtLeast: number): Figure[] => [
  {
    name: `topology.pan.${size}`,
    unit: '/s',
    meaning: `frames while the drawing of ${nodes} is moved by the pointer, and objects change`,
    target: { atLeast: framesAtLeast },
  },
  { name: `topology.zoom.${size}`, unit: '/s', meaning: 'frames while it is zoomed by the wheel', target: { atLeast: framesAtLeast } },
  { name: `topology.layout.${size}`, unit: 'ms', meaning: 'ELK’s layout of it, in its worker' },
];

/** The drawing of everything, ungrouped, in Chromium. Hosts are registered and have no workers: what is not Ready is drawn as well. */
export const topology: Measurement = {
  name: 'topology',
  // A screen that is drawn sixty times a second gives a little less by the clock.
  figures: [...figuresOf('300', '300 nodes and 600 links', 58), ...figuresOf('2000', '2,000 nodes and 4,000 links', 30)],
  async run(bench) {
    return [...(await measure(bench, '300', small)), ...(await measure(bench, '2000', large))];
  },
};

async function measure(bench: Bench, name: string, size: Size): Promise<Reading[]> {
  const deployment = await bench.deployment(`topology-${name}`, { withHost: false });
  const server = await Dashboard.start(bench, `topology-${name}`, deployment.client.url);
  const browser = await Browser.start(bench, `topology-${name}`, server.url, deployment.client.token);
  try {
    await seed(bench, deployment, size);
    const page = await browser.open('/topology?group=none');
    await page.getByRole('region', { name: 'Drawing of the topology' }).waitFor();
    const layoutMs = await page.evaluate(layoutTime);
    const changing = change(deployment);
    const pan = await frames(page, drag);
    const zoom = await frames(page, wheel);
    await changing.end();
    bench.progress(`${await page.getByRole('heading', { level: 1 }).locator('..').innerText()}, laid out in ${Math.round(layoutMs)} ms`);
    return [
      { figure: `topology.pan.${name}`, value: pan },
      { figure: `topology.zoom.${name}`, value: zoom },
      { figure: `topology.layout.${name}`, value: layoutMs },
    ];
  } finally {
    await browser.close();
    await server.close();
    await deployment.close();
  }
}

async function seed(bench: Bench, { client }: Deployment, { sandboxes, networks, hosts, endpoints }: Size): Promise<void> {
  for (const number of upTo(hosts)) await client.put(`/v1/hosts/host-${number}/registration`, registration);
  // Below what the hosts' own bridges are drawn from.
  for (const number of upTo(networks)) await createNetwork(client, `net-${number}`, `10.${64 + number}.0.0/20`);
  const sandboxBodies = upTo(sandboxes).map((number) => ({
    metadata: { name: `box-${number}` },
    spec: { host: `host-${number % hosts}` },
  }));
  for (const items of partsOf(sandboxBodies, 500)) await client.post('/v1/sandboxes/bulk', { items });
  // Each is in the network of its neighbours, and in one farther away.
  const perNetwork = Math.ceil(sandboxes / networks);
  const endpointBodies = upTo(endpoints).map((number) => {
    const box = number % sandboxes;
    const turn = Math.floor(number / sandboxes);
    return endpointBody(`end-${number}`, `net-${(Math.floor(box / perNetwork) + turn * 7) % networks}`, `box-${box}`);
  });
  for (const items of partsOf(endpointBodies, 500)) {
    bench.progress(`${items.at(-1)?.metadata.name} of ${endpoints}`);
    await client.post('/v1/endpoints/bulk', { items });
  }
}

const registration = {
  kernelRelease: '6.1.0',
  workerVersion: '0.1.0',
  routes: [],
  uplinkMtuBytes: 1500,
  drivers: ['bridge'],
  features: [],
  underlay: [],
  links: [],
  keys: [],
  paths: [],
};

/** Changes labels of one sandbox after the other until it is told to end. */
function change({ client }: Deployment): { end: () => Promise<void> } {
  let isOver = false;
  const run = async (): Promise<void> => {
    for (let number = 0; !isOver; number++) {
      await client.patch(`/v1/sandboxes/box-${number % 100}`, { metadata: { labels: { turn: String(number) } } });
      await new Promise((resume) => setTimeout(resume, changeEveryMs));
    }
  };
  const running = run();
  return {
    end: async () => {
      isOver = true;
      await running;
    },
  };
}

/** The median rate of frames while the page is moved. */
async function frames(page: Page, move: (page: Page, step: number) => Promise<void>): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.mouse.move(800, 500);
    const counted = page.evaluate(frameRate, movementMs);
    let isOver = false;
    void counted.then(() => (isOver = true));
    for (let step = 0; !isOver; step++) await move(page, step);
    await page.mouse.up();
    rates.push(await counted);
  }
  return median(rates);
}

async function drag(page: Page, step: number): Promise<void> {
  if (step === 0) await page.mouse.down();
  await page.mouse.move(800 + 250 * Math.sin(step / 12), 500 + 120 * Math.cos(step / 12));
}

const wheel = (page: Page, step: number): Promise<void> => page.mouse.wheel(0, step % 40 < 20 ? -40 : 40);
