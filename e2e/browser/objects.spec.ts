import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Deployment, outcome, Server } from '@netyard/testing';
import { launchBrowser, launchBrowserIn, signedInPage } from './browser';
import { DashboardServer } from './dashboard-server';

let deployment: Deployment;
let dashboard: DashboardServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  deployment = await Deployment.start({ hosts: 1, outsiders: 1 });
  dashboard = await DashboardServer.start(deployment.apiUrls[0] ?? '');
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await dashboard?.close();
  await deployment?.close();
});

beforeEach(async () => {
  page = await signedInPage(browser, dashboard.url, deployment.token);
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

const dialog = (): Locator => page.getByRole('dialog');
const go = async (path: string): Promise<void> => {
  await page.goto(dashboard.url + path);
  await page.getByText('Live', { exact: true }).waitFor();
};
const tab = (name: string): Locator => page.getByRole('tab', { name });
const onHost = (...command: string[]): string => outcome(['ip', 'netns', 'exec', deployment.underlay.host('h1').name, ...command]);

/** Makes a network with sandboxes that are on it. */
async function furnish(network: string, subnet: string, sandboxes: string[]): Promise<void> {
  await deployment.create('networks', network, { driver: 'bridge', subnets: [{ cidr: subnet }] });
  for (const sandbox of sandboxes) {
    await deployment.create('sandboxes', sandbox, { host: 'h1' });
    await deployment.create('endpoints', `${sandbox}-${network}`, { network, sandbox });
  }
}

async function clear(network: string, sandboxes: string[]): Promise<void> {
  for (const sandbox of sandboxes) await deployment.remove(`/v1/sandboxes/${sandbox}`);
  await deployment.remove(`/v1/networks/${network}?cascade=true`);
}

/** A page as somebody would publish one; it tells whom it saw. */
const pageServer = `
  require('node:http')
    .createServer(({ socket }, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>Two</title><h1>Served from sandbox two</h1><p>to ' + socket.remoteAddress.replace('::ffff:', '') + '</p>');
    })
    .listen(80, '::', () => console.log('listening'));`;

describe('the first time', () => {
  it('is led through three steps; publishes a page, which a browser elsewhere opens; breaks, sees it mended, and deletes', async () => {
    const steps = page.getByRole('region', { name: 'Three steps to a first connection' });
    await steps.getByRole('button', { name: 'Create network' }).click();
    await dialog().getByRole('textbox', { name: /^Name/ }).fill('first');
    await dialog().getByRole('button', { name: 'Create network' }).click();
    for (const sandbox of ['one', 'two']) {
      await steps.getByRole('button', { name: 'Join' }).click();
      await dialog().getByLabel('Network', { exact: true }).fill('first');
      await dialog().getByLabel('Sandbox', { exact: true }).fill(sandbox);
      await dialog().getByLabel('Name of the endpoint').fill(`${sandbox}-first`);
      await dialog().getByRole('button', { name: 'Create and join' }).click();
      await page
        .getByRole('complementary', { name: `Details of endpoint ${sandbox}-first` })
        .getByText('Ready', { exact: true })
        .first()
        .waitFor();
    }
    await steps.getByRole('button', { name: 'Ping' }).click();
    await dialog().getByLabel('From sandbox').fill('one');
    const { body } = await deployment.get<{ status: { addresses: string[] } }>('/v1/endpoints/two-first');
    await dialog()
      .getByLabel('To', { exact: true })
      .fill(body.status.addresses[0]?.split('/')[0] ?? '');
    await dialog().getByRole('button', { name: 'Ping', exact: true }).click();
    await dialog().getByText('3 of 3 came back').waitFor();
    await dialog().getByRole('button', { name: 'Close', exact: true }).last().click();
    await steps.waitFor({ state: 'detached' });

    await go('/endpoints/two-first');
    await page.getByRole('button', { name: 'Publish a port' }).click();
    await dialog().getByLabel('Port in the sandbox').fill('80');
    await dialog().getByLabel('Port on the host').fill('8080');
    await dialog().getByLabel('Address of the host').fill('0.0.0.0');
    await dialog().getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('region', { name: 'Published ports' }).getByText('Ready').waitFor({ state: 'attached' });
    const { body: two } = await deployment.get('/v1/sandboxes/two');
    const server = await Server.run([...deployment.enter(two), process.execPath, '-e', pageServer], /listening/);
    const visitors = await launchBrowserIn(deployment.underlay.host('h2').name);
    const visitor = await visitors.newPage();
    await visitor.goto('http://198.51.100.1:8080/');
    expect(await visitor.getByRole('heading').innerText()).toBe('Served from sandbox two');
    expect(await visitor.getByRole('paragraph').innerText()).toBe('to 198.51.100.2');
    await visitors.close();
    await server.close();

    const link = body.status as unknown as { hostLink: string };
    onHost('ip', 'link', 'del', link.hostLink);
    await go('/hosts/h1?tab=drift');
    await page.getByRole('list', { name: 'Events' }).getByText('DriftRepaired').first().waitFor();
    await go('/networks');
    await page.getByRole('row', { name: /first/ }).getByRole('button', { name: 'What to do with network first' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await expect.poll(() => dialog().innerText()).toMatch(/one-first[\s\S]*two-first/);
    await dialog().getByRole('button', { name: 'Delete network and 2 endpoints' }).click();
    await page.getByRole('row', { name: /first/ }).waitFor({ state: 'detached' });
    for (const sandbox of ['one', 'two']) await deployment.remove(`/v1/sandboxes/${sandbox}`);
  });
});

describe('a network', () => {
  it('shows which addresses are free, and joins with the one that is picked by keyboard', async () => {
    await furnish('grid', '10.61.0.0/24', ['a']);
    await go('/networks/grid?tab=addresses');
    const grid = page.getByRole('grid', { name: 'Addresses of 10.61.0.0/24' });
    await grid.getByRole('button', { name: '10.61.0.2, taken: endpoint a-grid in a' }).waitFor();
    await grid.getByRole('button', { name: '10.61.0.1, gateway' }).waitFor();
    await grid.getByRole('button', { name: '10.61.0.3, free' }).focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await expect.poll(() => dialog().getByLabel('Address', { exact: false }).first().inputValue()).toBe('10.61.0.20');
    await dialog().getByLabel('Sandbox', { exact: true }).fill('a');
    await dialog().getByLabel('Name of the endpoint').fill('picked');
    await dialog().getByRole('button', { name: 'Join', exact: true }).click();
    await grid.getByRole('button', { name: '10.61.0.20, taken: endpoint picked in a' }).waitFor();
    await page.getByRole('button', { name: 'Ranges' }).click();
    await page.getByRole('table', { name: 'Ranges of 10.61.0.0/24' }).getByText('10.61.0.21').waitFor();
    await clear('grid', ['a']);
  });

  it('is edited as a document by two, of whom the slower chooses', async () => {
    await furnish('shared', '10.62.0.0/24', []);
    await go('/networks/shared?tab=document');
    const editor = page.getByRole('textbox', { name: 'Document of network shared' });
    const edited = async (from: string, to: string): Promise<void> => {
      await expect.poll(() => editor.inputValue()).toContain(from);
      await editor.fill((await editor.inputValue()).replace(from, to));
    };
    await edited('name: shared', 'name: [');
    await page.getByText(/^Line \d+: /).waitFor();
    await page.getByRole('button', { name: 'Back to what is' }).click();

    await edited('labels: {}', 'labels: { tier: mine, mine: "yes" }');
    await page.getByRole('table', { name: 'What would change' }).getByText('metadata.labels.tier').waitFor();
    await deployment.patch('/v1/networks/shared', { metadata: { labels: { tier: 'theirs' } } });
    await page.getByText('It has changed meanwhile.').waitFor();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    const conflict = page.getByRole('region', { name: 'Somebody else has changed it' });
    await expect.poll(() => conflict.getByRole('row', { name: /metadata.labels.tier/ }).innerText()).toMatch(/theirs\s+mine/);
    await conflict.getByRole('button', { name: 'Take theirs' }).click();
    await expect.poll(() => editor.inputValue()).toContain('tier: theirs');

    const others = await signedInPage(browser, dashboard.url, deployment.token);
    await others.goto(`${dashboard.url}/networks/shared?tab=document`);
    const theirEditor = others.getByRole('textbox', { name: 'Document of network shared' });
    await expect.poll(() => theirEditor.inputValue()).toContain('tier: theirs');
    await theirEditor.fill((await theirEditor.inputValue()).replace('tier: theirs', 'tier: others\n    owner: ada'));
    await edited('tier: theirs', 'tier: mine');
    await others.getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByText('It has changed meanwhile.').waitFor();
    const refused = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.status() === 412);
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await refused;
    await conflict.getByText('One field of theirs is overwritten.').waitFor();
    await conflict.getByRole('button', { name: 'Apply yours on top' }).click();
    await conflict.waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await deployment.get('/v1/networks/shared')).body.metadata.labels)
      .toEqual({ tier: 'mine', owner: 'ada' });
    await expect.poll(() => theirEditor.inputValue()).toContain('tier: mine');

    await tab('Changes').click();
    const last = page.getByRole('table', { name: 'What changed' }).first();
    await expect.poll(() => last.innerText()).toMatch(/metadata\.labels\.tier[\s\S]*others[\s\S]*mine/);
    await clear('shared', []);
  });
});

describe('a sandbox', () => {
  it('shows its stack as the kernel has it, and probes with results as they come', async () => {
    await furnish('looked-at', '10.63.0.0/24', ['seen', 'other']);
    const { body } = await deployment.get('/v1/sandboxes/seen');
    outcome([...deployment.enter(body), 'ip', 'link', 'add', 'own0', 'type', 'bridge']);
    await go('/sandboxes/seen?tab=interfaces');
    const interfaces = page.getByRole('table', { name: 'Interfaces' });
    await interfaces.getByRole('row', { name: /eth0.*10\.63\.0\.2\/24.*seen-looked-at/ }).waitFor();
    await interfaces.getByRole('row', { name: /own0.*down.*not Netyard’s/ }).waitFor();
    await tab('Routes').click();
    await page
      .getByRole('table', { name: 'Routes' })
      .getByRole('row', { name: /0\.0\.0\.0\/0.*10\.63\.0\.1/ })
      .waitFor();
    await tab('Probes').click();
    await page.getByLabel('To', { exact: true }).fill('10.63.0.3');
    await page.getByLabel('Again and again, until stopped').check();
    await page.getByRole('button', { name: 'Probe', exact: true }).click();
    const results = page.getByRole('list', { name: 'Results' }).getByText('1 of 1 came back');
    await results.nth(1).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await tab('Neighbours').click();
    await page.getByRole('table', { name: 'Neighbours' }).getByText('10.63.0.3').waitFor();
    await go('/endpoints/seen-looked-at?tab=traffic');
    await page.getByRole('img', { name: /^Traffic of seen-looked-at.* Now [\d.]+ Mbit\/s received/ }).waitFor();
    await clear('looked-at', ['seen', 'other']);
  });

  it('is shown while its worker is away, and as it is when that is back', async () => {
    await furnish('away', '10.64.0.0/24', ['lone']);
    await deployment.kill('worker-h1');
    await go('/sandboxes/lone?tab=interfaces');
    const alert = page.getByRole('main').getByRole('alert');
    await alert.getByText(/^host h1 (did not answer|is silent)/).waitFor();
    deployment.startWorker('h1');
    await page.getByRole('table', { name: 'Interfaces' }).getByText('10.64.0.2/24').waitFor();
    await alert.waitFor({ state: 'detached' });
    await clear('away', ['lone']);
  });
});

/** Makes a network of that many endpoints, which are joined to nothing, each named by the prefix and its number. */
async function crowd(network: string, subnet: string, count: number, prefix: string): Promise<void> {
  await deployment.create('networks', network, { driver: 'bridge', subnets: [{ cidr: subnet }] });
  const items = Array.from({ length: count }, (_, number) => ({ metadata: { name: `${prefix}-${number}` }, spec: { network } }));
  for (let first = 0; first < count; first += 1_000) {
    const answer = await deployment.request('POST', '/v1/endpoints/bulk', { items: items.slice(first, first + 1_000) });
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(201);
  }
}

const toTheEnd = (table: Locator): Promise<void> =>
  table.locator('..').evaluate((scroller) => scroller.scrollTo({ top: scroller.scrollHeight }));

describe('many', () => {
  it('2,000 endpoints are looked at in the list, on the page of their network, and in the topology', async () => {
    await crowd('busy', '10.97.0.0/16', 2_000, 'b');
    const table = page.getByRole('table', { name: 'Endpoints' });
    await go('/endpoints?q=network:busy');
    await page
      .getByText(/^2,000/)
      .first()
      .waitFor();
    await toTheEnd(table);
    await table.getByRole('button', { name: 'b-1999', exact: true }).waitFor();

    await go('/networks/busy?tab=endpoints');
    await page.getByRole('tab', { name: 'Endpoints 2000' }).waitFor();
    await toTheEnd(table);
    await table.getByRole('button', { name: 'b-1999', exact: true }).click();
    await page.getByRole('complementary', { name: 'Details of endpoint b-1999' }).waitFor();
    await go('/networks/busy?tab=addresses&as=ranges');
    await page.getByText(/^2,000 of 65,5\d\d$/).waitFor();

    await go('/topology');
    const drawing = page.getByRole('region', { name: 'Drawing of the topology' });
    await page.getByText(/2,0\d\d nodes/).waitFor();
    await page.getByRole('textbox', { name: /^Filter/ }).fill('b-1999');
    await drawing.getByRole('button', { name: /^Endpoint b-1999,/ }).click();
    await page.getByRole('complementary', { name: 'Details of endpoint b-1999' }).waitFor();
    await page.getByRole('textbox', { name: /^Filter/ }).fill('');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const twin = page.getByRole('table', { name: 'Topology' });
    await toTheEnd(twin);
    await twin.getByRole('button', { name: 'b-1999', exact: true }).waitFor();
    await deployment.remove('/v1/networks/busy?cascade=true');
  });

  it('are labelled and deleted together, kept as a view, and scrolled through by the thousand', async () => {
    await crowd('crowd', '10.96.0.0/16', 10_000, 'm');
    await go('/endpoints?q=network:crowd');
    const table = page.getByRole('table', { name: 'Endpoints' });
    await page
      .getByText(/^10,000/)
      .first()
      .waitFor();
    await expect.poll(() => table.getByRole('row').count()).toBeLessThan(100);
    await toTheEnd(table);
    await table.getByRole('button', { name: 'm-9999', exact: true }).waitFor();

    await page.getByLabel('Filter endpoints').fill('m-12 m-123');
    for (const name of ['m-123', 'm-1234']) await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).check();
    await page.getByText('2 chosen').waitFor();
    await page.getByRole('button', { name: 'Labels…' }).click();
    await dialog().getByLabel('Labels to set').fill('batch=two');
    await dialog().getByRole('button', { name: 'Apply' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByLabel('Filter endpoints').fill('label:batch=two');
    await page.getByText(/^2 of 10,00\d$/).waitFor();

    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByLabel('Name of the view').fill('second batch');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'second batch', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByText(/^10,00\d$/).waitFor();
    await expect.poll(() => page.getByLabel('Filter endpoints').inputValue()).toBe('');
    await expect.poll(() => new URL(page.url()).searchParams.get('q'), { timeout: 30_000 }).toBe(null);
    // What is done last counts, also while a view is only just chosen.
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'second batch', exact: true }).click();
    await page.getByLabel('Filter endpoints').fill('');
    await page.getByText(/^10,00\d$/).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('q'), { timeout: 30_000 }).toBe(null);
    // It is there when one comes back.
    await go('/endpoints');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'second batch', exact: true }).click();
    await page.getByText(/^2 of 10,00\d$/).waitFor();

    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await expect.poll(() => dialog().innerText()).toMatch(/Delete 2 endpoints\?[\s\S]*m-123[\s\S]*m-1234/);
    await dialog().getByRole('button', { name: 'Delete 2 endpoints' }).click();
    await page.getByText(/^None of 9,99\d matches/).waitFor();
    await deployment.remove('/v1/networks/crowd?cascade=true');
  });
});
