import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, Deployment } from '@netyard/testing';
import { badlyFocused, cutOff, violations } from './accessibility';
import { launchBrowser, signedInPage } from './browser';
import { DashboardServer } from './dashboard-server';
import { routesOf } from './routes';

const openapi = JSON.parse(readFileSync('libs/api-client/openapi.json', 'utf8')) as { paths: Record<string, Record<string, unknown>> };
const desktop = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };
const themes = ['light', 'dark', 'contrast'] as const;
const examples = { networks: 'web', sandboxes: 'a', endpoints: 'a-web', policies: 'quiet', hosts: 'h1' };

let deployment: Deployment;
let dashboard: DashboardServer;
let browser: Browser;
let page: Page;
/** Of vera, who may look at the tenant and no more. */
let viewer: Page;
let viewerClient: ApiClient;
/** Another tab of the same browser, in which themes are chosen: the first one follows. */
let chooser: Page;

/** One of everything that a page could list. */
beforeAll(async () => {
  deployment = await Deployment.start({ hosts: 1 });
  await deployment.create('networks', 'web', { driver: 'bridge', ipv6: true, subnets: [{ cidr: '10.60.0.0/24' }] });
  for (const sandbox of ['a', 'b']) {
    await deployment.create('sandboxes', sandbox, { host: 'h1' });
    await deployment.create('endpoints', `${sandbox}-web`, { network: 'web', sandbox });
  }
  await deployment.publish('a-web', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0', service: 'http' });
  await deployment.create('policies', 'quiet', { network: 'web', rules: [{ action: 'deny', protocol: 'tcp', ports: ['5432'] }] });
  await deployment.patch('/v1/networks/web', { metadata: { labels: { team: 'blue' } } });
  for (const [method, path, body] of [
    ['POST', '/v1/tenants', { metadata: { name: 'class-a' }, spec: { quotas: { networks: 5 } } }],
    ['POST', '/v1/users', { metadata: { name: 'ada' }, spec: { password: 'correct horse battery staple' } }],
    ['PUT', '/v1/tenants/default/members/ada', { spec: { role: 'editor' } }],
    ['POST', '/v1/hosts/enrolments', { spec: { host: 'h7' } }],
    ['PUT', '/v1/networks/web/shares/class-a', {}],
  ] as const) {
    const { status, body: answer } = await deployment.request(method, path, body);
    expect(status, `${method} ${path}: ${JSON.stringify(answer)}`).toBeLessThan(300);
  }
  const { body: token } = await deployment.request<{ status: { token: string } }>('POST', '/v1/tenants/default/tokens', {
    spec: { role: 'viewer' },
  });
  viewerClient = new ApiClient(token.status.token, deployment.apiUrls);
  dashboard = await DashboardServer.start(deployment.apiUrls[0] ?? '');
  browser = await launchBrowser();
  page = await signedInPage(browser, dashboard.url, deployment.token, { viewport: desktop, reducedMotion: 'reduce' });
  viewer = await signedInPage(browser, dashboard.url, token.status.token, { viewport: desktop, reducedMotion: 'reduce' });
  chooser = await page.context().newPage();
  await chooser.goto(`${dashboard.url}/sign-in`);
});

afterAll(async () => {
  await browser?.close();
  await dashboard?.close();
  await deployment?.close();
});

/** Until all has come that a page asks for. */
async function settled(on: Page = page): Promise<void> {
  await on.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
  await on
    .getByText(/^Loading/)
    .first()
    .waitFor({ state: 'detached' });
}

async function open(route: string, on: Page = page): Promise<void> {
  await on.goto(dashboard.url + route);
  await on.getByRole('heading', { level: 1 }).first().waitFor();
  if (route !== '/sign-in') await on.getByText('Live', { exact: true }).waitFor({ state: 'attached' });
  if (isOfObject(route)) await on.getByRole('tab').first().waitFor();
  await settled(on);
}

/** Whether it is the page of one object, which has tabs. */
const isOfObject = (route: string): boolean => Object.entries(examples).some(([list, name]) => route === `/${list}/${name}`);

async function choose(theme: (typeof themes)[number]): Promise<void> {
  await chooser.evaluate((chosen) => localStorage.setItem('theme', chosen), theme);
  await page.locator(`html.${theme}`).waitFor();
}

/** Looks at what the page shows now. */
async function look(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const theme of themes) {
    await choose(theme);
    found[`axe, ${theme}`] = await violations(page, { onlyColour: theme !== 'light' });
  }
  await page.setViewportSize(phone);
  await expect.poll(() => cutOff(page), { timeout: 30_000, message: 'cut off at 360 px' }).toEqual([]);
  found['axe, 360 px'] = await violations(page);
  await page.setViewportSize(desktop);
  await expect.poll(() => cutOff(page), { timeout: 30_000, message: 'cut off at 1440 px' }).toEqual([]);
  found['moves'] = await page.evaluate(() => document.getAnimations().map((animation) => animation.playState));
  return Object.fromEntries(Object.entries(found).filter(([, what]) => what.length > 0));
}

// A page with many tabs is looked at for long where the machine is busy.
describe('every page can be seen, read out and typed at', { timeout: 600_000 }, () => {
  it.each(routesOf(examples))('%s', async (route) => {
    await open(route);
    // One that only leads to another is looked at there.
    if (new URL(page.url()).pathname !== route) return;
    expect({ keyboard: await badlyFocused(page) }).toEqual({ keyboard: [] });
    expect(await look()).toEqual({});
    const tabs = page.getByRole('tablist').getByRole('tab');
    for (let index = 1; index < (await tabs.count()); index++) {
      const name = await tabs.nth(index).innerText();
      await tabs.nth(index).click();
      await settled();
      expect(await look(), name).toEqual({});
      expect(await badlyFocused(page), name).toEqual([]);
    }
  });
});

/** What a viewer may press, by its name: it looks, and changes nothing. What else is enabled on a page fails the test, and so has to be thought about. */
const looksOnly = [
  /^(web|default-h1|a|b|a-web|b-web|quiet|h1)$/,
  /^\d+ ready$|^h1 Ready, |^10\.60\.0\.\d+, /,
  /^(Views|Copy|Look at it|Ask again|Show more|Refresh|Clear the filter|Do not show this again)$/,
  /^(Zoom in|Zoom out|Fit all in view|As SVG|As PNG)$/,
];

/** Buttons and items of menus that are not disabled, by their names; not what sorts, shows another tab or form, or opens a menu. */
const pressable = (): Promise<string[]> =>
  viewer.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>(
        '#page button:not(th *, [role="tab"], [aria-pressed], [aria-haspopup="menu"], .react-flow *), [role="menuitem"]',
      ),
    ]
      .filter((element) => element.checkVisibility() && element.getAttribute('aria-disabled') !== 'true' && !element.matches(':disabled'))
      .map((element) => (element.getAttribute('aria-label') ?? element.innerText).trim().replace(/\s+/g, ' ')),
  );

/** What everybody may do to their own session, and requests that only look. */
const notOfTheTenant = /^\/v1\/(session|sessions|sign-in)\b|\/preview$/;

describe('a viewer', () => {
  it.each(routesOf(examples).filter((route) => !['/sign-in', '/settings/account'].includes(route)))(
    'changes nothing on %s',
    async (route) => {
      await open(route, viewer);
      const found = new Set(await pressable());
      const tabs = viewer.getByRole('tablist').getByRole('tab');
      for (let index = 1; index < (await tabs.count()); index++) {
        await tabs.nth(index).click();
        await settled(viewer);
        for (const name of await pressable()) found.add(name);
      }
      for (const menu of await viewer
        .getByRole('main')
        .getByRole('button', { name: /^What to do with/ })
        .all()) {
        await menu.click();
        await viewer.getByRole('menu').waitFor();
        for (const name of await pressable()) found.add(name);
        await viewer.keyboard.press('Escape');
        await viewer.getByRole('menu').waitFor({ state: 'detached' });
      }
      expect([...found].filter((name) => !looksOnly.some((pattern) => pattern.test(name)))).toEqual([]);
    },
  );

  it.each([
    ['create-network', ''],
    ['create-sandbox', ''],
    ['create-policy', ''],
    ['join', 'sandbox/a'],
    ['publish', 'endpoint/a-web'],
    ['edit', 'endpoint/a-web'],
    ['names', 'network/web'],
    ['ping', 'sandbox/a'],
    ['drain', 'host/h1'],
    ['leave', 'endpoint/a-web'],
    ['delete', 'network/web'],
  ])('is told why not by the dialog %s that an address leads to', async (name, on) => {
    await viewer.goto(`${dashboard.url}/?dialog=${name}&on=${encodeURIComponent(on)}`);
    const dialog = viewer.getByRole('dialog');
    await dialog.getByText(/^As viewer of default you may not/).waitFor();
    const last = dialog.getByRole('button').last();
    await expect.poll(() => last.getAttribute('aria-disabled')).toBe('true');
  });

  it('is refused by the API whatever it asks to be changed', async () => {
    const answers: string[] = [];
    for (const [path, methods] of Object.entries(openapi.paths).filter(([path]) => !notOfTheTenant.test(path)))
      for (const method of Object.keys(methods).filter((name) => name !== 'get')) {
        const address = path.replace('{tenant}', 'default').replace(/\{[^}]+\}/g, 'web');
        const { status } = await viewerClient.request(method.toUpperCase(), address, {});
        answers.push(`${method} ${path}: ${status}`);
      }
    expect(answers.length).toBeGreaterThan(40);
    expect(answers.filter((answer) => !answer.endsWith(': 403'))).toEqual([]);
  });
});
