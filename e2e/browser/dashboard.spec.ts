import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Deployment } from '@netyard/testing';
import { violations } from './accessibility';
import { launchBrowser, signedInPage } from './browser';
import { DashboardServer } from './dashboard-server';

let deployment: Deployment;
let dashboard: DashboardServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  deployment = await Deployment.start({ hosts: 1 });
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

const row = (table: string, name: string, on: Page = page) =>
  on
    .getByRole('table', { name: table })
    .getByRole('row')
    .filter({ has: on.getByRole('button', { name, exact: true }) });
const isFocused = (locator: Locator): Promise<boolean> => locator.evaluate((element) => element === document.activeElement);
const dialog = (on: Page = page) => on.getByRole('dialog');

/** Goes to a page by the side bar, as people do: without loading anything anew. */
async function visit(title: string, on: Page = page): Promise<void> {
  await on.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title }).click();
  await on.getByRole('heading', { level: 1, name: title }).waitFor();
}

async function createNetwork(name: string): Promise<void> {
  await visit('Networks');
  await page.getByRole('button', { name: 'Create network' }).click();
  await dialog().getByRole('textbox', { name: /^Name/ }).fill(name);
  await dialog().getByRole('button', { name: 'Create network' }).click();
  await row('Networks', name).waitFor();
}

async function createSandbox(name: string): Promise<void> {
  await visit('Sandboxes');
  await page.getByRole('button', { name: 'Create sandbox' }).click();
  await dialog().getByRole('textbox', { name: /^Name/ }).fill(name);
  await dialog().getByRole('button', { name: 'Create sandbox' }).click();
  await row('Sandboxes', name).getByText('Ready').waitFor();
}

async function join(network: string, sandbox: string, name: string): Promise<void> {
  await visit('Endpoints');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await dialog().getByLabel('Network', { exact: true }).fill(network);
  await dialog().getByLabel('Sandbox', { exact: true }).fill(sandbox);
  await dialog().getByLabel('Name of the endpoint').fill(name);
  await dialog().getByRole('button', { name: 'Join', exact: true }).click();
  await row('Endpoints', name).getByText('Ready').waitFor();
}

async function choose(table: string, name: string, action: string): Promise<void> {
  await visit(table);
  await row(table, name)
    .getByRole('button', { name: /^What to do with/ })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

describe('the main job', () => {
  it('makes a network and two sandboxes, joins them, pings without loss, lets one leave, and deletes it all', async () => {
    await createNetwork('web');
    await createSandbox('a');
    await createSandbox('b');
    await join('web', 'a', 'a-web');
    await join('web', 'b', 'b-web');
    await visit('Sandboxes');
    await expect.poll(() => row('Sandboxes', 'b').innerText()).toMatch(/web\s+10\.\d+\.\d+\.\d+/);

    await page.getByRole('button', { name: 'Ping from a', exact: true }).click();
    await dialog().getByRole('button', { name: 'Ping', exact: true }).click();
    const result = dialog().getByRole('region', { name: 'Result' });
    await result.waitFor();
    await expect.poll(() => result.innerText()).toMatch(/3 of 3 came back[\s\S]*Loss\s+0 %[\s\S]*Avg\s+[\d.]+ ms/);
    await dialog().getByRole('button', { name: 'Close', exact: true }).last().click();

    await choose('Endpoints', 'b-web', 'Leave its sandbox…');
    await expect.poll(() => dialog().innerText()).toContain('eth0');
    await dialog().getByRole('button', { name: 'Leave', exact: true }).click();
    await row('Endpoints', 'b-web').getByText('Not joined').waitFor();

    await choose('Networks', 'web', 'Delete…');
    const gone = dialog().getByRole('list', { name: 'Goes with it' });
    await expect.poll(() => gone.innerText()).toMatch(/a-web[\s\S]*b-web/);
    await dialog().getByRole('button', { name: 'Delete network and 2 endpoints' }).click();
    await row('Networks', 'web').waitFor({ state: 'detached' });
    await visit('Endpoints');
    await row('Endpoints', 'a-web').waitFor({ state: 'detached' });

    for (const name of ['a', 'b']) {
      await choose('Sandboxes', name, 'Delete…');
      await dialog().getByRole('button', { name: 'Delete sandbox' }).click();
      await row('Sandboxes', name).waitFor({ state: 'detached' });
    }
  });

  it('makes the sandbox too where a join names one that is not there', async () => {
    await createNetwork('fresh');
    await visit('Endpoints');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await dialog().getByLabel('Network', { exact: true }).fill('fresh');
    await dialog().getByLabel('Sandbox', { exact: true }).fill('newcomer');
    await dialog().getByRole('button', { name: 'Create and join' }).click();
    await visit('Sandboxes');
    await row('Sandboxes', 'newcomer').getByText('fresh').waitFor();
    await deployment.remove('/v1/sandboxes/newcomer');
    await deployment.remove('/v1/networks/fresh');
  });
});

describe('what the page tells', () => {
  it('shows every change in another tab, as it happens', async () => {
    const other = await signedInPage(browser, dashboard.url, deployment.token);
    await visit('Networks', other);
    await createNetwork('seen');
    await row('Networks', 'seen', other).waitFor();
    await deployment.remove('/v1/networks/seen');
    await row('Networks', 'seen', other).waitFor({ state: 'detached' });
    await row('Networks', 'seen').waitFor({ state: 'detached' });
  });

  it('tells a problem at the field that it is about, and keeps what was typed', async () => {
    await deployment.create('networks', 'taken', { driver: 'bridge', subnets: [{ cidr: '10.77.0.0/24' }] });
    await visit('Networks');
    await page.getByRole('button', { name: 'Create network' }).click();
    await dialog().getByLabel('Range (CIDR)').fill('10.77.0.0/16');
    await dialog().getByRole('button', { name: 'Create network' }).click();
    const range = dialog().getByLabel('Range (CIDR)');
    await expect.poll(() => range.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => dialog().getByRole('alert').innerText()).toMatch(/overlaps.*taken/);
    await expect.poll(() => range.inputValue()).toBe('10.77.0.0/16');
    await deployment.remove('/v1/networks/taken');
  });

  it('shows the equal curl command', async () => {
    await visit('Networks');
    await page.getByRole('button', { name: 'Create network' }).click();
    await dialog().getByRole('textbox', { name: /^Name/ }).fill('by-shell');
    await dialog().getByText('Show as curl').click();
    const command = dialog().getByLabel('The equal command');
    await expect.poll(() => command.innerText()).toContain(`curl -X POST ${deployment.apiUrls[0]}/v1/networks`);
    await expect.poll(() => command.innerText()).toContain(`{"metadata":{"name":"by-shell"},"spec":{"driver":"bridge"}}`);
  });

  it('says so when the API is down, keeps what it knows, and recovers by itself', async () => {
    await deployment.create('networks', 'kept', { driver: 'bridge' });
    await visit('Networks');
    await row('Networks', 'kept').waitFor();
    await deployment.kill('api-0');
    await page.getByText('The API does not answer.').waitFor();
    await page.getByText('Reconnecting').waitFor();
    await expect.poll(() => row('Networks', 'kept').count()).toBe(1);
    await deployment.startApi(0);
    await page.getByText('The API does not answer.').waitFor({ state: 'detached' });
    await deployment.remove('/v1/networks/kept');
    await row('Networks', 'kept').waitFor({ state: 'detached' });
  });

  it('keeps the whole view in the address', async () => {
    await page.goto(`${dashboard.url}/networks?q=status%3Aready&show=host%2Fh1&sort-networks=-name&dialog=create-sandbox`);
    await dialog().getByRole('heading', { name: 'Create a sandbox' }).waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('complementary', { name: 'Details of host h1' }).waitFor();
    await expect.poll(() => page.getByLabel('Filter networks').inputValue()).toBe('status:ready');
    await expect.poll(() => page.getByRole('columnheader', { name: 'Name' }).first().getAttribute('aria-sort')).toBe('descending');
  });
});

describe('for everybody', () => {
  it.each(['light', 'dark'] as const)('has nothing that axe finds beside and over the pages, in the %s theme', async (colorScheme) => {
    await deployment.create('networks', 'open', { driver: 'bridge' });
    await deployment.create('sandboxes', 'c', { host: 'h1' });
    await deployment.create('endpoints', 'c-open', { network: 'open', sandbox: 'c' });
    page = await signedInPage(browser, dashboard.url, deployment.token, { colorScheme, reducedMotion: 'reduce' });
    const views = [
      '/?show=network%2Fopen',
      '/networks?q=nothing-is-called-so',
      '/sandboxes?show=sandbox%2Fc',
      '/?dialog=create-network',
      '/?dialog=create-sandbox',
      '/?dialog=join&on=network%2Fopen',
      '/?dialog=ping&on=sandbox%2Fc',
      '/?dialog=delete&on=network%2Fopen',
      '/?dialog=leave&on=endpoint%2Fc-open',
    ];
    for (const view of views) {
      await page.goto(dashboard.url + view);
      await page.getByText('Live', { exact: true }).waitFor({ state: view.includes('dialog') ? 'attached' : 'visible' });
      if (view.includes('dialog')) await dialog().waitFor();
      expect(await violations(page), view).toEqual([]);
    }
    await deployment.remove('/v1/sandboxes/c');
    await deployment.remove('/v1/networks/open');
  });

  it('has a theme of high contrast, which stays chosen, and in which axe finds nothing', async () => {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'High contrast' }).click();
    await page.goto(`${dashboard.url}/networks`);
    await row('Networks', 'default-h1').waitFor();
    await expect.poll(() => page.locator('html').getAttribute('class')).toContain('contrast');
    expect(await violations(page)).toEqual([]);
  });

  it('works by keyboard alone', async () => {
    await deployment.create('networks', 'typed', { driver: 'bridge' });
    // One after the other within a second, which a busy machine may miss.
    const goByKeys = async (): Promise<string> => {
      await page.keyboard.press('g');
      await page.keyboard.press('n');
      return new URL(page.url()).pathname;
    };
    await expect.poll(goByKeys).toBe('/networks');
    await row('Networks', 'typed').waitFor();
    await page.keyboard.press('/');
    await expect.poll(() => isFocused(page.getByLabel('Filter networks'))).toBe(true);
    await page.keyboard.type('typed');
    await expect.poll(() => page.getByRole('table', { name: 'Networks' }).getByRole('row').count()).toBe(2);
    const name = row('Networks', 'typed').getByRole('button', { name: 'typed', exact: true });
    for (let presses = 0; presses < 40 && !(await isFocused(name)); presses++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Details of network typed' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Details of network typed' }).waitFor({ state: 'detached' });

    const menu = row('Networks', 'typed').getByRole('button', { name: 'What to do with network typed' });
    await menu.focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: 'Delete…' });
    await item.waitFor();
    await page.keyboard.press('End');
    await expect.poll(() => isFocused(item)).toBe(true);
    await page.keyboard.press('Enter');
    await dialog().getByRole('heading', { name: 'Delete network typed?' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => isFocused(menu)).toBe(true);
    await deployment.remove('/v1/networks/typed');
  });

  it('finds pages, commands and objects by what is typed', async () => {
    await deployment.create('networks', 'sought', { driver: 'bridge' });
    const palette = page.getByRole('combobox', { name: 'Search and commands' });
    await page.keyboard.press('Control+k');
    await palette.fill('sough');
    await page.getByRole('option', { name: /^sought/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${dashboard.url}/networks/sought`);
    await page.getByRole('heading', { level: 1, name: 'sought' }).waitFor();

    await page.keyboard.press('Control+k');
    await palette.fill('create a net');
    await page.getByRole('option', { name: 'Create a network' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByRole('heading', { name: 'Create a network' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });

    await page.keyboard.press('?');
    await expect.poll(() => dialog().innerText()).toMatch(/g\s+h\s+Go to Hosts/);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await deployment.remove('/v1/networks/sought');
  });

  it('can be read on a phone, with the pages in a drawer', async () => {
    page = await signedInPage(browser, dashboard.url, deployment.token, { viewport: { width: 360, height: 740 } });
    await page.getByRole('button', { name: 'Open the list of pages' }).click();
    await dialog().getByRole('link', { name: 'Hosts', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor();
    await row('Hosts', 'h1').waitFor();
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  it('keeps one connection while pages change', async () => {
    const watches: string[] = [];
    page.on('request', (request) => request.url().includes('/v1/watch') && watches.push(request.url()));
    for (const title of ['Networks', 'Sandboxes', 'Endpoints', 'Policies', 'Hosts', 'Overview']) await visit(title);
    expect(watches).toEqual([]);
  });
});

describe('the session', () => {
  it('refuses a token that the API does not know, says so at the field, and takes a good one after it', async () => {
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(dashboard.url);
    await stranger.waitForURL(`${dashboard.url}/sign-in`);
    await stranger.getByText('Sign in with a token', { exact: true }).click();
    await stranger.getByLabel('Token', { exact: true }).fill('wrong');
    await stranger.getByRole('button', { name: 'Sign in with the token' }).click();
    await stranger.getByText('the token is not known').waitFor();
    await stranger.goto(`${dashboard.url}/sign-in#token=${deployment.token}`);
    await stranger.waitForURL(`${dashboard.url}/`);
  });

  it('takes the token out of the address, and out of reach of scripts', async () => {
    expect(page.url()).toBe(`${dashboard.url}/`);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ value: deployment.token, httpOnly: true, sameSite: 'Strict' });
  });

  it('ends with signing out', async () => {
    await page.getByRole('button', { name: 'You and your session' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${dashboard.url}/sign-in`);
    await expect.poll(() => page.context().cookies()).toEqual([]);
    expect((await fetch(`${dashboard.url}/api/v1/networks`)).status).toBe(401);
  });

  it('answers to no other site, even with the cookie', async () => {
    const headers = { cookie: `netyard-session=${deployment.token}`, 'content-type': 'application/json' };
    const request = (extra: Record<string, string>) =>
      fetch(`${dashboard.url}/api/v1/networks`, {
        method: 'POST',
        headers: { ...headers, ...extra },
        body: '{"spec":{"driver":"bridge"}}',
      });
    expect((await request({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await request({ origin: 'http://203.0.113.5' })).status).toBe(403);
    expect((await request({})).status).toBe(403);
  });

  it('sends a policy that lets nothing in from elsewhere', async () => {
    const policy = (await fetch(`${dashboard.url}/sign-in`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`default-src 'none'`);
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    expect(policy).toContain(`frame-ancestors 'none'`);
  });
});

describe('the proxy', () => {
  const headers = () => ({ cookie: `netyard-session=${deployment.token}`, 'sec-fetch-site': 'same-origin' });

  it('passes validators and preferences on, and their answers back', async () => {
    await deployment.create('networks', 'passed', { driver: 'bridge' });
    const read = await fetch(`${dashboard.url}/api/v1/networks/passed`, { headers: headers() });
    const etag = read.headers.get('etag') ?? '';
    expect(etag).toMatch(/^".+"$/);
    expect(read.headers.get('x-request-id')).toBeTruthy();
    expect((await fetch(`${dashboard.url}/api/v1/networks/passed`, { headers: { ...headers(), 'if-none-match': etag } })).status).toBe(304);
    const stale = await fetch(`${dashboard.url}/api/v1/networks/passed`, {
      method: 'DELETE',
      headers: { ...headers(), 'if-match': '"stale"' },
    });
    expect(stale.status).toBe(412);
    const gone = await fetch(`${dashboard.url}/api/v1/networks/passed`, {
      method: 'DELETE',
      headers: { ...headers(), 'if-match': etag, prefer: 'wait=60' },
    });
    expect(gone.status).toBe(204);
  });

  it('streams events as they come', async () => {
    const response = await fetch(`${dashboard.url}/api/v1/watch`, { headers: headers() });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('content-encoding')).toBeNull();
    const text = await untilText(response, 'event: in-sync');
    expect(text).toContain('event: snapshot');
  });
});

/** Reads a stream until it has said something; the stream is let go of then. */
async function untilText(response: Response, wanted: string): Promise<string> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.includes(wanted)) return text;
  }
  throw new Error(`the stream ended before "${wanted}": ${text}`);
}
