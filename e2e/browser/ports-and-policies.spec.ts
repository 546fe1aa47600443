import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Deployment, outcome, Server, type ApiObject } from '@netyard/testing';
import { violations } from './accessibility';
import { launchBrowser, signedInPage } from './browser';
import { DashboardServer } from './dashboard-server';

let deployment: Deployment;
let dashboard: DashboardServer;
let browser: Browser;
let page: Page;
let server: Server;
const sandboxes = new Map<string, ApiObject>();

const enter = (sandbox: string): string[] => deployment.enter(sandboxes.get(sandbox) as ApiObject);
/** Where nothing is to answer, a second will do. */
const pings = (from: string, to: string, seconds = 1): boolean =>
  outcome([...enter(from), 'ping', '-c1', `-W${seconds}`, to]).includes(' 1 received');
const curlFromH2 = (url: string, seconds = 30): string => {
  const h2 = deployment.underlay.hosts.find(({ hostName }) => hostName === 'h2');
  return outcome(['ip', 'netns', 'exec', h2?.name ?? '', 'curl', '-sS', '--max-time', String(seconds), url]);
};

beforeAll(async () => {
  deployment = await Deployment.start({ hosts: 2 });
  await deployment.create('networks', 'web', { driver: 'bridge', subnets: [{ cidr: '10.60.0.0/24' }] });
  for (const [name, address] of [
    ['a', '10.60.0.11'],
    ['b', '10.60.0.12'],
  ] as const) {
    sandboxes.set(name, await deployment.create('sandboxes', name, { host: 'h1' }));
    await deployment.create('endpoints', `${name}-web`, { network: 'web', sandbox: name, addresses: [address] });
  }
  server = await Server.start(enter('a'), { port: 80 });
  dashboard = await DashboardServer.start(deployment.apiUrls[0] ?? '');
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await dashboard?.close();
  await server?.close();
  await deployment?.close();
});

beforeEach(async () => {
  page = await signedInPage(browser, dashboard.url, deployment.token);
});

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

const dialog = () => page.getByRole('dialog');
const panel = () => page.getByRole('complementary');
const show = async (object: string) => {
  await page.goto(`${dashboard.url}/?show=${encodeURIComponent(object)}`);
  await panel().waitFor();
};
const choose = async (thing: string, action: string) => {
  await panel()
    .getByRole('button', { name: `What to do with ${thing}` })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
};
const published = () => panel().getByRole('region', { name: 'Published ports' });

describe('published ports', () => {
  it('publishes a port, which another host then reaches; shows a conflict at its field; changes it; closes it', async () => {
    await show('endpoint/a-web');
    await published().getByRole('button', { name: 'Publish a port' }).click();
    await dialog().getByLabel('Port in the sandbox').fill('80');
    await dialog().getByLabel('Port on the host').fill('8080');
    await dialog().getByLabel('Address of the host').fill('0.0.0.0');
    // Other hosts have no way into a bridge network.
    await expect.poll(() => dialog().getByRole('option', { name: 'every host' }).isDisabled()).toBe(true);
    await dialog().getByLabel('Name', { exact: false }).last().fill('shop');
    await dialog().getByRole('button', { name: 'Publish', exact: true }).click();
    await published().getByText('0.0.0.0:8080').waitFor();
    await published().getByText('Ready').waitFor({ state: 'attached' });
    await expect.poll(() => curlFromH2('http://198.51.100.1:8080/')).toBe('198.51.100.2');

    await published().getByRole('button', { name: 'Publish a port' }).click();
    await dialog().getByLabel('Port in the sandbox').fill('81');
    await dialog().getByLabel('Port on the host').fill('8080');
    await dialog().getByLabel('Address of the host').fill('127.0.0.1');
    await dialog().getByRole('button', { name: 'Publish', exact: true }).click();
    const hostPort = dialog().getByLabel('Port on the host');
    await expect.poll(() => hostPort.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => dialog().getByRole('alert').innerText()).toMatch(/8080.*a-web/);
    await dialog().getByRole('button', { name: 'Cancel' }).click();

    await choose('port shop', 'Change…');
    await dialog().getByLabel('Allowed sources').fill('192.0.2.0/24');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await published().getByText('from 192.0.2.0/24').waitFor();
    await published().getByText('Ready').waitFor({ state: 'attached' });
    await expect.poll(() => curlFromH2('http://198.51.100.1:8080/', 3)).toMatch(/^failed/);

    await choose('port shop', 'Close…');
    await expect.poll(() => dialog().innerText()).toMatch(/Close 0\.0\.0\.0:8080[\s\S]*a-web/);
    await dialog().getByRole('button', { name: 'Close port' }).click();
    await published().getByText('0.0.0.0:8080').waitFor({ state: 'detached' });
  });
});

describe('ports on every host', () => {
  it('publishes one by the form, and lists it as such', async () => {
    await deployment.create('networks', 'wide', { driver: 'overlay' });
    await deployment.create('endpoints', 'a-wide', { network: 'wide', sandbox: 'a' });
    await show('endpoint/a-wide');
    await published().getByRole('button', { name: 'Publish a port' }).click();
    await dialog().getByLabel('Port in the sandbox').fill('80');
    await dialog().getByLabel('Port on the host').fill('8088');
    await dialog().getByLabel('Address of the host').fill('0.0.0.0');
    await dialog().getByLabel('Published on').selectOption('everywhere');
    await dialog().getByRole('button', { name: 'Publish', exact: true }).click();
    await published().getByText('on every host').waitFor();
    await published().getByText('Ready').waitFor({ state: 'attached' });
    await expect.poll(() => published().innerText()).toContain('published on h1, h2');
    await expect.poll(() => curlFromH2('http://127.0.0.1:8088/')).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    await deployment.remove('/v1/networks/wide?cascade=true');
  });
});

describe('policies', () => {
  it('names the flows that a policy would cut, and puts in force, counts, changes and deletes it', async () => {
    const holder = await Server.run(
      [
        ...enter('b'),
        process.execPath,
        '-e',
        "const s = require('node:net').connect(80, '10.60.0.11', () => console.log('connected')); s.on('error', () => undefined); setInterval(() => s.write('x'), 200)",
      ],
      /connected/,
    );
    expect(pings('b', '10.60.0.11', 30)).toBe(true);
    await page.goto(`${dashboard.url}/policies`);
    await page.getByRole('button', { name: 'Create policy' }).click();
    await dialog().getByLabel('Network', { exact: true }).fill('web');
    await dialog().getByLabel('Name', { exact: false }).last().fill('quiet');
    await dialog().getByRole('group', { name: 'Rule 1' }).getByLabel('From').fill('b-web');
    await dialog().getByRole('group', { name: 'Rule 1' }).getByLabel('To', { exact: true }).fill('a-web');
    await dialog().getByRole('button', { name: 'Preview' }).click();
    const preview = dialog().getByRole('region', { name: 'Preview' });
    await preview.waitFor();
    await expect
      .poll(() => preview.innerText())
      .toMatch(/present flows would be cut[\s\S]*tcp b-web port \d+ → a-web port 80 by rule 1 of quiet/);
    await dialog().getByRole('button', { name: 'Create policy' }).click();
    await panel().getByText('Ready', { exact: true }).first().waitFor();
    await holder.close();
    await expect.poll(() => pings('b', '10.60.0.11')).toBe(false);
    const rules = panel().getByRole('list', { name: 'Rules' });
    await rules.getByText(/^[1-9]\d* flows?$/).waitFor();
    await expect.poll(() => rules.innerText()).toContain('b-web may not reach a-web');

    await choose('policy quiet', 'Change…');
    await dialog().getByRole('button', { name: 'Add a rule' }).click();
    await dialog().getByRole('group', { name: 'Rule 2' }).getByLabel('Action').selectOption('allow');
    await dialog().getByRole('group', { name: 'Rule 2' }).getByLabel('Protocol').selectOption('icmp');
    await dialog().getByRole('button', { name: 'Move rule 2 up' }).click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await rules.getByText('may reach', { exact: true }).waitFor();
    await panel().getByText('Ready', { exact: true }).first().waitFor();
    await expect.poll(() => pings('b', '10.60.0.11')).toBe(true);

    await choose('policy quiet', 'Delete…');
    await expect.poll(() => dialog().innerText()).toMatch(/2 endpoints of web[\s\S]*b-web may not reach a-web/);
    await dialog().getByRole('button', { name: 'Delete policy' }).click();
    await panel().getByText('There is no policy of this name any more.').waitFor();
  });

  it('has a page: whom it applies to, what it has counted, and its document, of which one sees beforehand what it would cut', async () => {
    const rules = [{ action: 'allow', protocol: 'icmp', from: { endpoints: ['b-web'] }, to: { endpoints: ['a-web'] } }];
    await deployment.create('policies', 'paged', { network: 'web', rules });
    expect(pings('b', '10.60.0.11', 30)).toBe(true);
    await page.goto(`${dashboard.url}/endpoints/a-web`);
    await page.getByRole('main').getByRole('button', { name: 'paged', exact: true }).click();
    await panel().getByRole('link', { name: 'Open the page of policy paged' }).click();
    await page.getByRole('heading', { level: 1, name: 'paged' }).waitFor();
    const tab = (name: string) => page.getByRole('tab', { name });
    await tab('Applies to').click();
    const concerned = page.getByRole('table', { name: 'Applies to' });
    await concerned.getByRole('row', { name: /a-web.*web.*none.*1$/ }).waitFor();
    await concerned.getByRole('row', { name: /b-web.*web.*1.*none$/ }).waitFor();
    await tab('Counters').click();
    await page
      .getByRole('table', { name: 'Counters' })
      .getByRole('row', { name: /^1 b-web may reach a-web by ICMP [1-9]\d* [1-9]\d* h1 [1-9]\d*$/ })
      .waitFor();

    const wide = page.viewportSize() ?? { width: 1440, height: 900 };
    await page.setViewportSize({ width: 360, height: 740 });
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), { timeout: 30_000 })
      .toBe(0);
    await page.setViewportSize(wide);

    await tab('Document').click();
    const editor = page.getByRole('textbox', { name: 'Document of policy paged' });
    await editor.fill((await editor.inputValue()).replace('action: allow', 'action: deny'));
    await page.getByRole('button', { name: 'Preview' }).click();
    await page
      .getByRole('region', { name: 'Preview' })
      .getByText(/present flows? would be cut/)
      .waitFor();
    await deployment.patch('/v1/policies/paged', { spec: { priority: 5 } });
    await page.getByText('It has changed meanwhile.').waitFor();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    const conflict = page.getByRole('region', { name: 'Somebody else has changed it' });
    await conflict.getByRole('row', { name: /spec\.priority 0 5/ }).waitFor();
    await conflict.getByRole('button', { name: 'Apply yours on top' }).click();
    await conflict.waitFor({ state: 'detached' });
    await tab('Overview').click();
    await page.getByRole('list', { name: 'Rules' }).getByText('may not reach', { exact: true }).waitFor();
    await expect.poll(() => pings('b', '10.60.0.11'), { timeout: 60_000 }).toBe(false);
    await deployment.remove('/v1/policies/paged');
  });

  it('tells at its field what a selector does not find, and keeps what was typed', async () => {
    await page.goto(`${dashboard.url}/policies`);
    await page.getByRole('button', { name: 'Create policy' }).click();
    await dialog().getByLabel('Network', { exact: true }).fill('web');
    const from = dialog().getByRole('group', { name: 'Rule 1' }).getByLabel('From');
    await from.fill('role=nobody');
    await dialog().getByRole('button', { name: 'Create policy' }).click();
    await expect.poll(() => from.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => dialog().getByRole('alert').innerText()).toMatch(/role=nobody/);
    await expect.poll(() => from.inputValue()).toBe('role=nobody');
  });
});

describe('names and limits', () => {
  it('gives an endpoint an alias and a limit, and shows what the resolver answers', async () => {
    await show('endpoint/a-web');
    await choose('endpoint a-web', 'Change…');
    await dialog().getByLabel('Aliases').fill('shop, not_a_label');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => dialog().getByLabel('Aliases').getAttribute('aria-invalid')).toBe('true');
    await dialog().getByLabel('Aliases').fill('shop');
    await dialog().getByLabel('Sends at most (Mbit/s)').fill('25');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await panel().getByText('of at most 25').waitFor();
    await panel().getByText('shop', { exact: true }).waitFor();

    await expect.poll(() => outcome([...enter('b'), 'dig', '+short', '+timeout=10', 'shop'])).toBe('10.60.0.11');
    await show('sandbox/b');
    await panel().getByText('Resolver', { exact: true }).click();
    const resolver = panel().getByRole('region', { name: 'Resolver' });
    await resolver.getByText('127.0.0.11', { exact: true }).waitFor();
    await resolver.getByRole('textbox', { name: /^Records/ }).fill('shop');
    const records = resolver.getByRole('list', { name: 'Records' });
    await expect.poll(() => records.innerText()).toMatch(/shop\.?\s+A\s+10\.60\.0\.11/);
    await expect.poll(() => resolver.innerText()).toMatch(/Queries\s+[1-9]/);
  });

  it('changes how names are looked up in a sandbox and on a network', async () => {
    await show('sandbox/b');
    await choose('sandbox b', 'Names…');
    await dialog().getByLabel('Extra hosts').fill('printer=192.0.2.9, bad=nowhere');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => dialog().getByLabel('Extra hosts').getAttribute('aria-invalid')).toBe('true');
    await dialog().getByLabel('Extra hosts').fill('printer=192.0.2.9');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await panel().getByText('printer', { exact: false }).first().waitFor();
    await expect.poll(() => outcome([...enter('b'), 'dig', '+short', '+timeout=10', 'printer'])).toBe('192.0.2.9');

    await show('network/web');
    await choose('network web', 'Names…');
    await dialog().getByLabel('Domain', { exact: false }).first().fill('lab.test');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await panel().getByText('lab.test').waitFor();
    await expect.poll(() => outcome([...enter('b'), 'dig', '+short', '+timeout=10', 'a-web.lab.test'])).toBe('10.60.0.11');
  });
});

describe('for everybody', () => {
  it.each(['light', 'dark'] as const)('has nothing that axe finds, in the %s theme', async (colorScheme) => {
    page = await signedInPage(browser, dashboard.url, deployment.token, { colorScheme, reducedMotion: 'reduce' });
    const { body } = await deployment.request('POST', '/v1/endpoints/b-web/ports', { protocol: 'tcp', port: 22, hostAddress: '127.0.0.1' });
    await deployment.create('policies', 'p', { network: 'web', rules: [{ action: 'deny', protocol: 'tcp', ports: ['5432'] }] });
    const views = [
      '/?show=endpoint%2Fb-web',
      '/policies/p?show=policy%2Fp',
      '/policies/p?tab=applies',
      '/policies/p?tab=counters',
      '/?show=sandbox%2Fb',
      '/?dialog=publish&on=endpoint%2Fb-web',
      `/?dialog=edit&on=port%2F${body.metadata.id}`,
      `/?dialog=delete&on=port%2F${body.metadata.id}`,
      '/?dialog=edit&on=endpoint%2Fb-web',
      '/?dialog=create-policy',
      '/?dialog=edit&on=policy%2Fp',
      '/?dialog=names&on=network%2Fweb',
    ];
    for (const view of views) {
      await page.goto(dashboard.url + view);
      await page.getByText('Live', { exact: true }).waitFor({ state: view.includes('dialog') ? 'attached' : 'visible' });
      if (view.includes('dialog')) await dialog().waitFor();
      if (view.includes('sandbox')) {
        await panel().getByText('Resolver', { exact: true }).click();
        await panel().getByRole('region', { name: 'Resolver' }).getByRole('list', { name: 'Records' }).waitFor();
      }
      expect(await violations(page), view).toEqual([]);
    }
    await deployment.remove(`/v1/endpoints/b-web/ports/${body.metadata.id}`);
    await deployment.remove('/v1/policies/p');
  });
});
