import { readFileSync } from 'node:fs';
import type { Browser, Download, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Deployment, outcome, type ApiObject } from '@netyard/testing';
import { violations } from './accessibility';
import { launchBrowser, signedInPage } from './browser';
import { DashboardServer } from './dashboard-server';

let deployment: Deployment;
let dashboard: DashboardServer;
let browser: Browser;
let page: Page;
const sandboxes = new Map<string, ApiObject>();

beforeAll(async () => {
  deployment = await Deployment.start({ hosts: 2 });
  dashboard = await DashboardServer.start(deployment.apiUrls[0] ?? '');
  browser = await launchBrowser();
  await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.60.0.0/24' }] });
  await deployment.create('networks', 'wide', { driver: 'overlay', subnets: [{ cidr: '10.61.0.0/24' }] });
  for (const [name, host] of [
    ['a', 'h1'],
    ['b', 'h2'],
    ['c', 'h1'],
  ] as const)
    sandboxes.set(name, await deployment.create('sandboxes', name, { host }));
  await deployment.create('endpoints', 'a-wide', { network: 'wide', sandbox: 'a', addresses: ['10.61.0.11'] });
  await deployment.create('endpoints', 'b-wide', { network: 'wide', sandbox: 'b', addresses: ['10.61.0.12'] });
  await deployment.create('endpoints', 'c-web', { network: 'web', sandbox: 'c' });
  page = await signedInPage(browser, dashboard.url, deployment.token, { reducedMotion: 'reduce', acceptDownloads: true });
});

afterAll(async () => {
  await browser?.close();
  await dashboard?.close();
  await deployment?.close();
});

const show = async (query = ''): Promise<void> => {
  await page.goto(`${dashboard.url}/topology${query}`);
  await drawing().or(table()).waitFor();
};
const drawing = (): Locator => page.getByRole('region', { name: 'Drawing of the topology' });
const table = (): Locator => page.getByRole('table', { name: 'Topology' });
const node = (name: string | RegExp): Locator => drawing().getByRole('button', { name });
/** What is drawn anew moves: where it is when it stands still is where it can be hit. */
async function rested(drawn: Locator): Promise<void> {
  let before = '';
  const isStill = async (): Promise<boolean> => {
    const at = JSON.stringify(await drawn.boundingBox());
    const isSame = at === before;
    before = at;
    return isSame;
  };
  await expect.poll(isStill, { interval: 500 }).toBe(true);
}
const dialog = (): Locator => page.getByRole('dialog');
const focusedName = (): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);

describe('the drawing', () => {
  it('shows hosts, router namespaces, networks, sandboxes and endpoints as they are', async () => {
    await show();
    for (const name of [
      /^Host h1, Ready, 2 sandboxes$/,
      /^Host h2, Ready/,
      /^Network web, Ready, bridge · 10\.60\.0\.0\/24$/,
      /^Sandbox a, Ready, h1$/,
      /^Endpoint b-wide, Ready, eth0 10\.61\.0\.12, on wide$/,
    ])
      await node(name).waitFor();
    await expect.poll(() => node(/^Router namespace/).count()).toBe(2);
    // The whole of the overlay, and its part on each host.
    await expect.poll(() => node(/^Network wide,/).count()).toBe(3);
  });

  it('changes as things do, and counts what endpoints carry', async () => {
    await show();
    await deployment.create('sandboxes', 'late', { host: 'h2' });
    await node(/^Sandbox late, Ready/).waitFor();
    await deployment.remove('/v1/sandboxes/late');
    await node(/^Sandbox late/).waitFor({ state: 'detached' });
    const a = sandboxes.get('a') as ApiObject;
    const line = node(/^Endpoint a-wide/);
    await deployment.until('the endpoint’s line tells of traffic', async () => {
      outcome([...deployment.enter(a), 'ping', '-f', '-c300', '-s1400', '-w2', '10.61.0.12']);
      return /↓.+ ↑/.test(await line.innerText());
    });
  });

  it('leads to details, and keeps the view in the address', async () => {
    await show('?group=network&q=wide');
    await node(/^Sandbox a,/).waitFor();
    await expect.poll(() => node(/^Sandbox c,/).count()).toBe(0);
    await node(/^Endpoint a-wide/).click();
    await page.getByRole('complementary', { name: 'Details of endpoint a-wide' }).waitFor();
    await expect.poll(() => page.url()).toMatch(/group=network/);
    await expect.poll(() => page.url()).toMatch(/show=endpoint(%2F|\/)a-wide/);
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
  });

  it('folds a group into one node, and opens it again', async () => {
    await show();
    await drawing().getByRole('button', { name: 'Fold h1' }).click();
    await node(/^Sandbox a,/).waitFor({ state: 'detached' });
    await node(/^Group h1, Ready, \d networks? · 2 sandboxes · 2 endpoints$/).waitFor();
    await drawing().getByRole('button', { name: 'Unfold h1' }).click();
    await node(/^Sandbox a,/).waitFor();
  });

  it('has a map while it is not all in view, which moves the view', async () => {
    await show('?at=-9000,-9000,1');
    const map = page.getByRole('img', { name: /^Map of the drawing/ });
    await map.click();
    await node(/^(Host|Router namespace|Network|Sandbox) /)
      .first()
      .waitFor();
    await drawing().press('f');
    await map.waitFor({ state: 'hidden' });
  });

  it('says how the state of what it shows changes', async () => {
    await deployment.create('endpoints', 'told', { network: 'web', sandbox: 'c' });
    await show();
    await node(/^Endpoint told, Ready/).waitFor();
    await deployment.request('POST', '/v1/endpoints/told/leave');
    await page
      .getByRole('status', { name: 'Changes of state' })
      .filter({ hasText: 'Endpoint told: Not joined' })
      .waitFor({ state: 'attached' });
    await deployment.remove('/v1/endpoints/told');
  });

  it('has a table for a twin, with the same filter and selection', async () => {
    await show('?q=wide&show=sandbox%2Fa');
    await node(/^Sandbox a,/).waitFor();
    await page.keyboard.press('t');
    await table().waitFor();
    const row = table()
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: 'a', exact: true }) });
    await expect.poll(() => row.getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => row.innerText()).toMatch(/Ready\s+Sandbox\s+(h1\s+)?network wide/);
    await table().getByRole('button', { name: 'b-wide', exact: true }).waitFor();
    await expect.poll(() => table().getByRole('button', { name: 'c', exact: true }).count()).toBe(0);
  });
});

describe('joining', () => {
  it('is drawn from a sandbox to a network, tells what it will do, and does it', async () => {
    await show();
    const handle = drawing().locator('[data-node="sandbox/c"] .topology-source');
    await handle.waitFor();
    const network = drawing().locator('[data-node="network/wide@h1"]');
    await rested(network);
    await handle.hover();
    await page.mouse.down();
    const target = await network.boundingBox();
    if (!target) throw new Error('the network is not drawn');
    await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 12 });
    await page.mouse.up();
    const plan = dialog().getByRole('region', { name: 'What it will do' });
    await plan.getByText('h1', { exact: true }).waitFor();
    await expect
      .poll(() => plan.innerText())
      .toMatch(/On host\s+h1\s+Makes\s+a veth pair, eth1 in the sandbox\s+Addresses\s+10\.61\.0\.\d+\/24[\s\S]*Reaches\s+.*a-wide/);
    await dialog().getByLabel('Address').fill('10.61.0.11');
    await plan.getByText(/10\.61\.0\.11 is .*a-wide/).waitFor();
    await dialog().getByLabel('Address').fill('10.61.0.77');
    await plan.getByText('10.61.0.77/24').waitFor();
    await dialog().getByRole('button', { name: 'Join', exact: true }).click();
    const made = node(/^Endpoint .*, Ready, eth1 10\.61\.0\.77, on wide$/);
    await made.waitFor();
    await page.getByRole('button', { name: 'Undo the join' }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText(/^Undone: c is leaving/).waitFor();
    await made.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo the join' }).waitFor({ state: 'detached' });
  });

  it('is done by keyboard alone', async () => {
    await show();
    await node(/^Sandbox b,/).waitFor();
    await drawing().focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(focusedName).not.toBe('Drawing of the topology');
    const first = await focusedName();
    await page.keyboard.press('ArrowDown');
    await expect.poll(focusedName).not.toBe(first);
    await expect.poll(focusedName).toMatch(/^(Host|Router namespace|Network|Sandbox) /);
    await node(/^Sandbox b,/).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Details of sandbox b' }).waitFor();
    await node(/^Sandbox b,/).focus();
    await page.keyboard.press('e');
    await dialog().getByRole('heading', { name: 'Join a sandbox to a network' }).waitFor();
    await expect.poll(() => dialog().getByLabel('Sandbox', { exact: true }).inputValue()).toBe('b');
    await expect
      .poll(() =>
        dialog()
          .getByLabel('Network', { exact: true })
          .evaluate((element) => element === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.type('web');
    await dialog().getByRole('region', { name: 'What it will do' }).getByText('network web on h2, which is new there').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });
});

describe('for everybody', () => {
  it.each([
    { name: 'As SVG', begins: '<svg xmlns' },
    { name: 'As PNG', begins: '\u0089PNG' },
  ])('is saved whole: $name', async ({ name, begins }) => {
    await show();
    const [download]: [Download, void] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    const content = readFileSync(await download.path(), 'latin1');
    expect(content.slice(0, begins.length)).toBe(begins);
    if (begins.startsWith('<svg')) expect(content).toMatch(/h1[\s\S]*Router namespace|Router namespace[\s\S]*h1/);
    else expect(content.length).toBeGreaterThan(10_000);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds, in the %s theme', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    for (const view of ['?show=network%2Fwide', '?as=table', '?dialog=join&on=sandbox%2Fa&to=network%2Fweb']) {
      await page.goto(`${dashboard.url}/topology${view}`);
      // What is behind a dialog is hidden from all who do not see it.
      if (view.includes('dialog')) await dialog().getByText('On host').waitFor();
      else await drawing().or(table()).waitFor();
      expect(await violations(page), view).toEqual([]);
    }
  });
});
