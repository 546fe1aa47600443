import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Deployment } from '@netyard/testing';
import { IdentityProvider } from '../../libs/testing/src/identity-provider';
import { violations } from './accessibility';
import { launchBrowser, signedInPage } from './browser';
import { DashboardServer, freePort } from './dashboard-server';

const password = 'correct horse battery staple';
const users = {
  ada: { 'class-a': 'owner', 'class-b': 'viewer' },
  vera: { 'class-a': 'viewer' },
  nemo: {},
} as const;

let provider: IdentityProvider;
let deployment: Deployment;
let dashboard: DashboardServer;
let browser: Browser;

/** Two tenants with a network each, people in them, a provider whose people come by themselves, and a host that has not enrolled. */
beforeAll(async () => {
  const port = await freePort();
  const dashboardUrl = `http://127.0.0.1:${port}`;
  provider = await IdentityProvider.start({
    dashboardUrl,
    accounts: { grace: { preferred_username: 'grace', email: 'grace@example.net', email_verified: true, groups: ['staff'] } },
  });
  const memberships = { claim: 'groups', rules: [{ value: 'staff', tenant: 'class-b', role: 'editor' }] };
  const admit = { claim: { name: 'groups', values: ['staff'] } };
  deployment = await Deployment.start({
    hosts: 1,
    outsiders: 1,
    environment: provider.settings(dashboardUrl, { admit, createUsers: true, memberships }),
  });
  for (const tenant of ['class-a', 'class-b']) {
    await deployment.request('POST', '/v1/tenants', { metadata: { name: tenant } });
    const network = { metadata: { name: `of-${tenant}` }, spec: { driver: 'bridge' } };
    await deployment.request('POST', '/v1/networks', network, { 'Netyard-Tenant': tenant });
  }
  for (const [name, roles] of Object.entries(users)) {
    await deployment.request('POST', '/v1/users', { metadata: { name }, spec: { password } });
    for (const [tenant, role] of Object.entries(roles))
      await deployment.request('PUT', `/v1/tenants/${tenant}/members/${name}`, { spec: { role } });
  }
  dashboard = await DashboardServer.start(deployment.apiUrls[0] ?? '', port);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await dashboard?.close();
  await deployment?.close();
  await provider?.close();
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

async function signInPage(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })).newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${dashboard.url}/sign-in`);
  return page;
}

/** Signed in with a password, in a browser of one's own. */
async function pageOf(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await signInPage(options);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  return page;
}

const admin = (): Promise<Page> => signedInPage(browser, dashboard.url, deployment.token);
const row = (page: Page, table: string, name: string) =>
  page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: name });
const dialog = (page: Page) => page.getByRole('dialog');
async function choose(page: Page, thing: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `What to do with ${thing}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

describe('signing in', () => {
  it('takes a name and a password, says when they are wrong, and not which; shows where one is signed in; ends one session and all', async () => {
    const page = await signInPage();
    await page.getByLabel('Name', { exact: true }).fill('ada');
    await page.getByLabel('Password', { exact: true }).fill('a wrong one');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('the name or the password is wrong').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.evaluate(() => document.cookie)).toBe('');

    const elsewhere = await pageOf('ada');
    await page.goto(`${dashboard.url}/settings/account`);
    const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
    await expect.poll(() => sessions.count()).toBe(2);
    await page.getByRole('button', { name: /^End the session from/ }).click();
    await expect.poll(() => sessions.count()).toBe(1);
    await elsewhere.goto(`${dashboard.url}/networks`);
    await elsewhere.waitForURL(`${dashboard.url}/sign-in`);

    const again = await pageOf('ada');
    await page.getByRole('button', { name: 'You and your session' }).click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere…' }).click();
    await dialog(page).getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.waitForURL(`${dashboard.url}/sign-in`);
    await again.goto(dashboard.url);
    await again.waitForURL(`${dashboard.url}/sign-in`);
  });

  it('goes by a provider and back, into a session with the memberships that it says, and ends there as well', async () => {
    const page = await signInPage({ ignoreHTTPSErrors: true });
    await page.getByRole('button', { name: 'Continue with Campus account' }).click();
    await page.waitForURL(`${provider.issuer}/**`);
    await page.locator('input[name="login"]').fill('grace');
    await page.locator('input[name="password"]').fill('any');
    await page.locator('button[type="submit"]').click();
    await page.waitForURL(`${dashboard.url}/`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'You and your session' }).click();
    await expect.poll(() => page.getByRole('menu').innerText()).toMatch(/grace\s+Editor of class-b/);
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.waitForURL(`${provider.issuer}/session/end**`);
  });

  it('refuses what comes back to a browser that did not begin it', async () => {
    const page = await signInPage();
    await page.goto(`${dashboard.url}/sign-in/callback?code=stolen&state=made-up`);
    await page.waitForURL(`${dashboard.url}/sign-in`);
    await expect.poll(() => page.getByRole('alert').first().innerText()).toMatch(/was not begun in this browser/);
  });

  it('tells a member of no tenant so', async () => {
    const page = await signInPage();
    await page.getByLabel('Name', { exact: true }).fill('nemo');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'You are a member of no tenant' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${dashboard.url}/sign-in`);
  });
});

describe('tenants', () => {
  it('lets a viewer look at everything, change nothing, and read why', async () => {
    const page = await pageOf('vera');
    await page.goto(`${dashboard.url}/networks`);
    await row(page, 'Networks', 'of-class-a').waitFor();
    for (const [path, name] of [
      ['networks', 'Create network'],
      ['sandboxes', 'Create sandbox'],
      ['endpoints', 'Join'],
      ['policies', 'Create policy'],
      ['settings/members', 'Add a member'],
      ['settings/quotas', 'Change quotas'],
      ['settings/drivers', 'Change grants'],
    ] as const) {
      await page.goto(`${dashboard.url}/${path}`);
      const button = page.getByRole('button', { name, exact: true });
      await button.waitFor();
      await expect.poll(() => button.getAttribute('aria-disabled'), { message: path }).toBe('true');
      await expect.poll(() => button.getAttribute('title'), { message: path }).toMatch(/As viewer of class-a you may not/);
    }
    await page.goto(`${dashboard.url}/networks`);
    await page.getByRole('button', { name: 'What to do with network of-class-a' }).click();
    const items = page.getByRole('menuitem');
    await items.first().waitFor();
    await expect
      .poll(() => items.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-disabled'))))
      .toEqual(['true', 'true', 'true', 'true']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search and commands' }).fill('create');
    await page.getByText('Nothing matches').waitFor();
    await expect.poll(() => page.getByRole('navigation', { name: 'Settings' }).count()).toBe(0);
  });

  it('shows one tenant at a time, by choice; a tab goes on in the one that it shows', async () => {
    const page = await pageOf('ada');
    await page.goto(`${dashboard.url}/networks`);
    await row(page, 'Networks', 'of-class-a').waitFor();
    const other = await page.context().newPage();
    await other.goto(dashboard.url);
    await other.getByRole('button', { name: /^Tenant class-a/ }).click();
    await other.getByRole('option', { name: /^class-b/ }).click();
    await other.getByRole('button', { name: /^Tenant class-b/ }).waitFor();
    await other.goto(`${dashboard.url}/networks`);
    await row(other, 'Networks', 'of-class-b').waitFor();
    await expect.poll(() => row(other, 'Networks', 'of-class-a').count()).toBe(0);

    await page.getByRole('button', { name: 'Create network' }).click();
    await dialog(page).getByRole('textbox', { name: /^Name/ }).fill('made-late');
    await dialog(page).getByRole('button', { name: 'Create network' }).click();
    await row(page, 'Networks', 'made-late').waitFor();
    const inA = await deployment.request('GET', '/v1/networks/made-late', undefined, { 'Netyard-Tenant': 'class-a' });
    expect(inA.status).toBe(200);
  });
});

describe('settings', () => {
  it('makes a member of a user, changes the role, and takes it back', async () => {
    await deployment.request('POST', '/v1/users', { metadata: { name: 'hedy' }, spec: { password } });
    const page = await pageOf('ada');
    await page.goto(`${dashboard.url}/settings/members`);
    await page.getByRole('button', { name: 'Add a member' }).click();
    await dialog(page).getByLabel('User', { exact: true }).fill('nobody-at-all');
    await dialog(page).getByRole('button', { name: 'Add a member' }).click();
    await dialog(page).getByRole('alert').waitFor();
    await dialog(page).getByLabel('User', { exact: true }).fill('hedy');
    await dialog(page).getByText('Show as curl').click();
    await expect.poll(() => dialog(page).getByLabel('The equal command').innerText()).toContain('/v1/tenants/class-a/members/hedy');
    await dialog(page).getByRole('button', { name: 'Add a member' }).click();
    await row(page, 'Members', 'hedy').getByText('Viewer').waitFor();
    await choose(page, 'member hedy', 'Change role…');
    await dialog(page).getByLabel('Role').selectOption('editor');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await row(page, 'Members', 'hedy').getByText('Editor').waitFor();
    await choose(page, 'member hedy', 'Remove…');
    await dialog(page).getByRole('button', { name: 'Remove member' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await row(page, 'Members', 'hedy').waitFor({ state: 'detached' });
  });

  it('shows a token once, which is good for what was chosen, until it is revoked', async () => {
    const page = await pageOf('ada');
    await page.goto(`${dashboard.url}/settings/tokens?dialog=create-token`);
    await dialog(page).getByLabel('Name', { exact: true }).fill('ci');
    await dialog(page).getByText('Only for some things').click();
    await dialog(page).getByLabel('network', { exact: true }).check();
    await dialog(page).getByLabel('read', { exact: true }).check();
    await dialog(page).getByRole('button', { name: 'Create token' }).click();
    const shown = dialog(page).getByLabel('The token');
    await expect.poll(() => shown.innerText()).toMatch(/^\s*ny_/);
    const secret = (await shown.innerText()).trim();
    await dialog(page).getByRole('button', { name: 'I have it' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await row(page, 'Tokens', 'ci').getByText('read: network').waitFor();
    await expect.poll(() => page.content()).not.toContain(secret);
    const ask = (path: string) => fetch(deployment.apiUrls[0] + path, { headers: { Authorization: `Bearer ${secret}` } });
    expect([(await ask('/v1/networks')).status, (await ask('/v1/endpoints')).status]).toEqual([200, 403]);
    await choose(page, 'token ci', 'Revoke…');
    await dialog(page).getByRole('button', { name: 'Revoke token' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await row(page, 'Tokens', 'ci').waitFor({ state: 'detached' });
    expect((await ask('/v1/networks')).status).toBe(401);
  });

  it('lists what is shared in both directions, shares a network, and ends that', async () => {
    await deployment.request('PUT', '/v1/networks/of-class-b/shares/class-a', undefined, { 'Netyard-Tenant': 'class-b' });
    const page = await pageOf('ada');
    await page.goto(`${dashboard.url}/settings/shares`);
    await row(page, 'Shared networks', 'of-class-b').getByText('class-a').waitFor();
    await page.getByRole('button', { name: 'Share a network' }).click();
    await dialog(page).getByLabel('Network', { exact: true }).fill('of-class-a');
    await dialog(page).getByLabel('Tenant', { exact: true }).fill('class-b');
    await dialog(page).getByRole('button', { name: 'Share', exact: true }).click();
    await row(page, 'Shared networks', 'of-class-a').getByText('class-b').waitFor();

    await page.getByRole('button', { name: 'What to do with share of-class-b with class-a' }).click();
    const item = page.getByRole('menuitem', { name: 'End sharing…' });
    await expect.poll(() => item.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await item.waitFor({ state: 'detached' });
    await choose(page, 'share of-class-a with class-b', 'End sharing…');
    await dialog(page).getByRole('button', { name: 'End sharing' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await row(page, 'Shared networks', 'of-class-a').waitFor({ state: 'detached' });
    await deployment.request('DELETE', '/v1/networks/of-class-b/shares/class-a', undefined, { 'Netyard-Tenant': 'class-b' });
  });

  it('makes a token of the deployment that is good for one kind of thing, in all tenants', async () => {
    const page = await admin();
    await page.goto(`${dashboard.url}/settings/deployment-tokens?dialog=create-token`);
    await dialog(page).getByLabel('Name', { exact: true }).fill('overseer');
    await dialog(page).getByText('Only for some things').click();
    await dialog(page).getByLabel('user', { exact: true }).check();
    await dialog(page).getByLabel('read', { exact: true }).check();
    await dialog(page).getByRole('button', { name: 'Create token' }).click();
    const secret = (await dialog(page).getByLabel('The token').innerText()).trim();
    await dialog(page).getByRole('button', { name: 'I have it' }).click();
    await row(page, 'Tokens of the deployment', 'overseer').getByText('read: user').waitFor();
    const ask = (path: string) => fetch(deployment.apiUrls[0] + path, { headers: { Authorization: `Bearer ${secret}` } });
    expect([(await ask('/v1/users')).status, (await ask('/v1/audit')).status]).toEqual([200, 403]);
    await choose(page, 'token overseer', 'Revoke…');
    await dialog(page).getByRole('button', { name: 'Revoke token' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await row(page, 'Tokens of the deployment', 'overseer').waitFor({ state: 'detached' });
    expect((await ask('/v1/users')).status).toBe(401);
  });

  it('creates a tenant with a quota, shows what is used of it, grants a driver, and deletes it', async () => {
    const page = await admin();
    await page.goto(`${dashboard.url}/settings/tenants`);
    await page.getByRole('button', { name: 'Create tenant' }).click();
    await dialog(page).getByLabel('Name', { exact: true }).fill('class-c');
    await dialog(page).getByRole('button', { name: 'Create tenant' }).click();
    await row(page, 'Tenants', 'class-c').waitFor();
    await choose(page, 'tenant class-c', 'Quotas…');
    await dialog(page).getByLabel('Networks').fill('2');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await choose(page, 'tenant class-c', 'Grants…');
    await dialog(page).getByLabel('macvlan', { exact: true }).check();
    await dialog(page).getByLabel('Parents of macvlan and ipvlan networks').fill('eth1, eth0.100-199');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    const { body: granted } = await deployment.get<{ spec: { grants: { parents: object[] } } }>('/v1/tenants/class-c');
    expect(granted.spec.grants.parents).toMatchObject([
      { link: 'eth1', untagged: true },
      { link: 'eth0', vlans: ['100-199'] },
    ]);
    await choose(page, 'tenant class-c', 'Look at it');
    await page.getByRole('button', { name: /^Tenant class-c/ }).waitFor();
    await deployment.request(
      'POST',
      '/v1/networks',
      { metadata: { name: 'one' }, spec: { driver: 'bridge' } },
      { 'Netyard-Tenant': 'class-c' },
    );
    await page.goto(`${dashboard.url}/settings/quotas`);
    await page.getByRole('region', { name: 'Quotas' }).getByText('1 of 2').waitFor();
    await page.goto(`${dashboard.url}/settings/drivers`);
    const macvlan = page.getByRole('list', { name: 'Drivers' }).getByRole('listitem').filter({ hasText: 'macvlan' }).first();
    await macvlan.getByText('Granted', { exact: true }).waitFor();
    await deployment.request('DELETE', '/v1/networks/one', undefined, { 'Netyard-Tenant': 'class-c', Prefer: 'wait=60' });
    await page.goto(`${dashboard.url}/settings/tenants`);
    await choose(page, 'tenant class-c', 'Delete…');
    await dialog(page).getByRole('button', { name: 'Delete tenant' }).click();
    // It was the tenant that was looked at.
    await page.getByRole('button', { name: /^Tenant default/ }).waitFor();
    await page.goto(`${dashboard.url}/settings/tenants`);
    await row(page, 'Tenants', 'default').waitFor();
    await expect.poll(() => row(page, 'Tenants', 'class-c').count()).toBe(0);
  });

  it('enrols a host with the command that is shown, and says when it is here; drains it', async () => {
    const page = await admin();
    await page.goto(`${dashboard.url}/settings/enrolment?dialog=enrol`);
    await dialog(page).getByLabel('Name of the host').fill('h2');
    await dialog(page).getByRole('button', { name: 'Make the token' }).click();
    await dialog(page).getByText('Waiting for h2…').waitFor();
    const command = await dialog(page).getByLabel('Command that starts the worker').innerText();
    expect(command).toContain(`netyard-worker --api ${deployment.apiUrls[0]} --name h2 `);
    const [, token = ''] = /printf %s '([^']+)'/.exec(command) ?? [];
    deployment.startWorker('h2', [0], token);
    await dialog(page).getByText('h2 is here.').waitFor({ timeout: 180_000 });
    await dialog(page).getByRole('link', { name: 'Look at h2' }).click();
    await page.getByRole('heading', { level: 1, name: 'h2' }).waitFor();

    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Hosts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hosts' }).waitFor();
    await choose(page, 'host h2', 'Drain…');
    await dialog(page).getByRole('button', { name: 'Drain' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await choose(page, 'host h2', 'Take into use…');
    await dialog(page).getByRole('button', { name: 'Take into use' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await expect.poll(async () => (await deployment.get<{ spec: { drained: boolean } }>('/v1/hosts/h2')).body.spec.drained).toBe(false);
  });
});

describe('the audit', () => {
  it('tells who did what, narrowed by the address, with what it was before, and gives it as a file', async () => {
    const inA = { 'Netyard-Tenant': 'class-a' };
    await deployment.request('PATCH', '/v1/networks/of-class-a', { metadata: { labels: { team: 'red' } } }, inA);
    const page = await pageOf('ada');
    await page.goto(`${dashboard.url}/audit?resource=network&verb=update&object=of-class-a`);
    const entries = page.getByRole('list', { name: 'Entries' }).getByRole('listitem');
    await entries.getByText('Request', { exact: true }).first().click();
    const changed = entries.getByRole('table', { name: 'What has changed' });
    await changed.getByText('metadata.labels.team').waitFor();
    await expect.poll(() => changed.innerText()).toContain('red');

    const href = await page.getByRole('link', { name: 'Export as NDJSON' }).getAttribute('href');
    const file = await page.request.get(dashboard.url + href);
    const [first] = (await file.text()).trim().split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ resource: 'network', verb: 'update', object: 'of-class-a', outcome: 'done' });

    await page.getByLabel('Outcome').selectOption('refused');
    await page.getByText('Nothing matches.').waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('outcome')).toBe('refused');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect.poll(() => entries.count()).toBeGreaterThan(1);
  });

  it('is not offered to those who may not read it', async () => {
    const page = await pageOf('vera');
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await pages.getByRole('link', { name: 'Settings' }).waitFor();
    await expect.poll(() => pages.getByRole('link', { name: 'Audit' }).count()).toBe(0);
  });
});

it.each(['light', 'dark'] as const)('has nothing that axe finds in the forms, in the %s theme', async (colorScheme) => {
  const page = await signedInPage(browser, dashboard.url, deployment.token, { colorScheme, reducedMotion: 'reduce' });
  for (const view of [
    '/settings/members?dialog=add-member',
    '/settings/tokens?dialog=create-token',
    '/settings/quotas?dialog=quotas',
    '/settings/shares?dialog=share',
    '/settings/users?dialog=create-user',
  ]) {
    await page.goto(dashboard.url + view);
    await page.getByText('Live', { exact: true }).waitFor({ state: 'attached' });
    await dialog(page).waitFor();
    expect(await violations(page), view).toEqual([]);
  }
  await page.context().clearCookies();
  await page.goto(`${dashboard.url}/sign-in`);
  await page.getByRole('button', { name: 'Continue with Campus account' }).waitFor();
  expect(await violations(page), '/sign-in').toEqual([]);
});
