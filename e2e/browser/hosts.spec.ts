import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Deployment, outcome, type ApiObject } from '@netyard/testing';
import { violations } from './accessibility';
import { launchBrowser, signedInPage } from './browser';
import { DashboardServer } from './dashboard-server';

let deployment: Deployment;
let dashboard: DashboardServer;
let browser: Browser;
let page: Page;
const sandboxes: ApiObject[] = [];

/** Two hosts behind a router, an overlay on both, and workers that look at the underlay each second. */
beforeAll(async () => {
  deployment = await Deployment.start({ hosts: 2, routed: true, workerArguments: ['--path-interval', '1'] });
  await deployment.create('networks', 'wide', { driver: 'overlay', subnets: [{ cidr: '10.62.0.0/24' }] });
  for (const number of [1, 2]) {
    sandboxes.push(await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
    await deployment.create('endpoints', `e${number}`, { network: 'wide', sandbox: `s${number}`, addresses: [`10.62.0.1${number}`] });
  }
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
  drop();
  await Promise.all(browser.contexts().map((context) => context.close()));
});

/** The router drops what is larger; without a size, nothing. */
const drop = (largerThan?: number): void => {
  const rules = largerThan
    ? `add table inet middle; add chain inet middle forward { type filter hook forward priority 0; }; add rule inet middle forward meta length > ${largerThan} drop`
    : 'flush ruleset';
  deployment.underlay.wire.run('nft', rules);
};
const panel = (on: Page = page) => on.getByRole('complementary');
const show = async (object: string, on: Page = page): Promise<void> => {
  await on.goto(`${dashboard.url}/?show=${encodeURIComponent(object)}`);
  await panel(on).waitFor();
};
const region = (name: string, on: Page = page) => panel(on).getByRole('region', { name });

describe('the panel of a host', () => {
  it('shows what the kernel can do, its links, the underlay and what it carries, and the networks that live there', async () => {
    await show('host/h1');
    const { address, ipv6Address } = deployment.underlay.host('h1');
    await region('Underlay').getByText('carries the 1500 bytes that it needs').waitFor();
    const underlay = (): Promise<string> => region('Underlay').innerText();
    await expect.poll(underlay).toContain(address);
    await expect.poll(underlay).toContain(ipv6Address);
    await expect
      .poll(underlay)
      .toMatch(new RegExp(`to\\s+h2\\s+${deployment.underlay.host('h2').address.replaceAll('.', '\\.')} · carries`));
    await expect.poll(() => region('Links').innerText()).toMatch(/eth0\s+up/);
    await expect.poll(() => panel().innerText()).toMatch(/Can do\s+.*vxlan[\s\S]*Networks\s+[\s\S]*wide/);
  });

  it('counts what its tunnels carry while it is looked at, and leads to the network and the other host', async () => {
    await show('host/h1');
    const tunnels = region('Tunnels');
    await tunnels.getByText('h2').waitFor();
    await expect.poll(() => tunnels.innerText()).toMatch(/wide\s+nyx[0-9a-f]{8} · VNI \d+ · UDP port 4789 · 1450 bytes[\s\S]*1 endpoint/);
    const packets = async (): Promise<number> => Number(/Sent[\s\S]*?in (\d+) packets/.exec(await tunnels.innerText())?.[1] ?? Number.NaN);
    await expect.poll(packets).toBeGreaterThanOrEqual(0);
    const before = await packets();
    outcome([...deployment.enter(sandboxes[0] as ApiObject), 'ping', '-c5', '-i0.2', '-W30', '10.62.0.12']);
    await deployment.until('the panel has counted five packets more', async () => (await packets()) >= before + 5);
    await tunnels.getByRole('button', { name: 'h2', exact: true }).click();
    await panel().and(page.getByLabel('Details of host h2')).waitFor();
    await tunnels.getByRole('button', { name: 'wide', exact: true }).click();
    await panel().and(page.getByLabel('Details of network wide')).waitFor();
    await expect.poll(() => panel().innerText()).toMatch(/Hosts\s+h1[\s\S]*h2/);
  });

  it('asks for them no more once it is closed', async () => {
    await page.clock.install();
    await show('host/h1');
    await region('Tunnels').getByText('h2').waitFor();
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    let asked = 0;
    page.on('request', (request) => (asked += request.url().includes('/tunnels') ? 1 : 0));
    await page.clock.fastForward(10_000);
    await deployment.create('networks', 'later', { driver: 'bridge' });
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Networks' }).click();
    await page.getByRole('table', { name: 'Networks' }).getByText('later', { exact: true }).waitFor();
    expect(asked).toBe(0);
  });
});

describe('an underlay that drops what it should carry', () => {
  it('is a warning, first on the page, on the network and on both hosts, and goes when it is mended', async () => {
    drop(1400);
    await page.getByRole('region', { name: 'One thing needs attention' }).getByText('larger packets are lost').waitFor();
    await show('network/wide');
    await panel().getByRole('status').getByText('set option mtuBytes of network wide to 1350').waitFor();
    await expect.poll(() => panel().innerText()).toMatch(/Ready\s+is True/);
    await panel()
      .getByRole('list', { name: 'Conditions on h1' })
      .getByText(/from host h1 to host h2/)
      .waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      expect(await violations(page), scheme).toEqual([]);
    }
    await show('host/h1');
    await region('Underlay').getByText('carries 1400 bytes of the 1500 that it needs: larger packets vanish').waitFor();
    await region('Tunnels').getByText('h2').waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      expect(await violations(page), scheme).toEqual([]);
    }
    drop();
    await region('Underlay').getByText('carries the 1500 bytes that it needs').waitFor();
    await page.getByText('needs attention').waitFor({ state: 'detached' });
  });

  it('is read on a telephone too', async () => {
    const phone = await signedInPage(browser, dashboard.url, deployment.token, { viewport: { width: 360, height: 740 } });
    await show('host/h1', phone);
    await region('Tunnels', phone).getByText('h2').waitFor();
    await expect.poll(() => phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await expect.poll(() => panel(phone).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });
});
