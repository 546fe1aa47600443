// Fills a running Netyard with an example, takes the pictures of README and docs, and takes the example away again. With `npm start` running:
//   node e2e/browser/screenshots.mjs --token "$(cat .netyard/admin-token)"
// `--phone` takes every page as wide as a phone instead, to be looked at; `--only` those whose names begin so.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: options } = parseArgs({
  options: {
    api: { type: 'string', default: 'http://127.0.0.1:8080' },
    dashboard: { type: 'string', default: 'http://127.0.0.1:3000' },
    token: { type: 'string', default: process.env.NETYARD_TOKEN },
    out: { type: 'string', default: 'docs/screenshots' },
    only: { type: 'string', default: '' },
    phone: { type: 'boolean', default: false },
  },
});
if (!options.token) throw new Error('a token is needed: --token, or the environment variable NETYARD_TOKEN');

const networks = [
  { name: 'web', labels: { tier: 'front' }, spec: { driver: 'bridge', ipv6: true } },
  { name: 'database', labels: { tier: 'back' }, spec: { driver: 'bridge', internal: true } },
  { name: 'monitoring', labels: {}, spec: { driver: 'bridge', subnets: [{ cidr: '10.20.0.0/26' }] } },
  {
    name: 'build',
    labels: { team: 'tools' },
    spec: { driver: 'bridge', subnets: [{ cidr: '10.30.0.0/28' }], options: { isolateEndpoints: true } },
  },
];

/** Sandboxes in turn on the hosts there are, each with the networks that it is joined to. */
const sandboxes = {
  'shop-1': ['web', 'database'],
  'shop-2': ['web', 'database'],
  'shop-3': ['web', 'database'],
  postgres: ['database', 'monitoring'],
  'postgres-replica': ['database'],
  prometheus: ['monitoring'],
  ...Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`runner-${index + 1}`, ['build']])),
};

const ports = {
  'shop-1-web': [
    { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0', service: 'http' },
    { protocol: 'tcp', port: 9100, hostPort: 9100, hostAddress: '127.0.0.1', allowedSources: ['127.0.0.1/32'] },
  ],
};

const policies = [
  {
    name: 'database-clients',
    spec: {
      network: 'database',
      defaultAction: 'deny',
      rules: [
        { action: 'allow', protocol: 'tcp', ports: ['5432'], to: { endpoints: ['postgres-database', 'postgres-replica-database'] } },
        { action: 'allow', protocol: 'icmp' },
      ],
    },
  },
];

/** People of the tenant, with their roles, and what programs come with. */
const members = { ada: 'owner', grace: 'editor', hedy: 'viewer' };
const tokens = [
  { name: 'ci', spec: { role: 'editor' } },
  { name: 'inventory', spec: { role: 'viewer' } },
];
const tenants = [{ name: 'class-a', spec: { quotas: { networks: 20, endpoints: 200 } } }];

async function request(method, path, body) {
  const response = await fetch(options.api + path, {
    method,
    headers: { Authorization: `Bearer ${options.token}`, 'Content-Type': 'application/json', Prefer: 'wait=30' },
    body: body && JSON.stringify(body),
  });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok && response.status !== 404) throw new Error(`${method} ${path}: ${response.status} ${answer.detail}`);
  return answer;
}

async function clear() {
  for (const { name } of policies) await request('DELETE', `/v1/policies/${name}`);
  for (const name of Object.keys(sandboxes)) await request('DELETE', `/v1/sandboxes/${name}`);
  for (const { name } of networks) await request('DELETE', `/v1/networks/${name}?cascade=true`);
  for (const name of Object.keys(members)) await request('DELETE', `/v1/users/${name}`);
  const { items } = await request('GET', '/v1/tenants/default/tokens');
  for (const { metadata } of items)
    if (tokens.some(({ name }) => name === metadata.name)) await request('DELETE', `/v1/tenants/default/tokens/${metadata.id}`);
  for (const { name } of tenants) await request('DELETE', `/v1/tenants/${name}`);
}

async function fill() {
  const hosts = (await request('GET', '/v1/hosts')).items.map(({ metadata }) => metadata.name).sort();
  if (hosts.length === 0) throw new Error('no host has registered: start a worker first');
  for (const { name, labels, spec } of networks) await request('POST', '/v1/networks', { metadata: { name, labels }, spec });
  // Neighbours are put on one host, so that they reach each other.
  const hostOf = { runner: hosts[1 % hosts.length], prometheus: hosts[2 % hosts.length] };
  for (const [sandbox, joined] of Object.entries(sandboxes)) {
    await request('POST', '/v1/sandboxes', { metadata: { name: sandbox }, spec: { host: hostOf[sandbox.split('-')[0]] ?? hosts[0] } });
    for (const network of joined)
      await request('POST', '/v1/endpoints', { metadata: { name: `${sandbox}-${network}` }, spec: { network, sandbox } });
  }
  for (const [endpoint, bodies] of Object.entries(ports))
    for (const body of bodies) await request('POST', `/v1/endpoints/${endpoint}/ports`, body);
  for (const { name, spec } of policies) await request('POST', '/v1/policies', { metadata: { name }, spec });
  for (const [name, role] of Object.entries(members)) {
    await request('POST', '/v1/users', { metadata: { name }, spec: { password: randomUUID() } });
    await request('PUT', `/v1/tenants/default/members/${name}`, { spec: { role } });
  }
  for (const { name, spec } of tokens) await request('POST', '/v1/tenants/default/tokens', { metadata: { name }, spec });
  for (const { name, spec } of tenants) await request('POST', '/v1/tenants', { metadata: { name }, spec });
}

const desktop = { width: 1440, height: 900 };
/** The views of an object come with its page. */
const tabs = (page) => page.getByRole('tablist');
const phone = { width: 360, height: 740 };
const themes = ['light', 'dark'];

/** What is pictured, in each theme: the view and what it waits for besides the first snapshot. A page that is new is one line here. */
const pages = [
  { name: 'overview', view: '/', waitFor: (page) => page.getByRole('heading', { name: 'Recent changes' }) },
  { name: 'topology', view: '/topology', waitFor: (page) => page.getByRole('region', { name: 'Drawing of the topology' }) },
  { name: 'networks', view: '/networks?show=network%2Fweb' },
  { name: 'network', view: '/networks/web', waitFor: tabs },
  { name: 'network-addresses', view: '/networks/monitoring?tab=addresses', waitFor: (page) => page.getByRole('grid') },
  { name: 'network-document', view: '/networks/web?tab=document', waitFor: (page) => page.getByRole('textbox', { name: 'Document' }) },
  { name: 'sandboxes', view: '/sandboxes' },
  { name: 'sandbox', view: '/sandboxes/shop-1', waitFor: tabs },
  { name: 'endpoints', view: '/endpoints' },
  { name: 'policies', view: '/policies' },
  { name: 'addresses', view: '/addresses' },
  { name: 'hosts', view: '/hosts' },
  { name: 'host', view: '/hosts/lab-1', waitFor: tabs },
  { name: 'events', view: '/events' },
  { name: 'probes', view: '/probes' },
  { name: 'audit', view: '/audit' },
  { name: 'ping', view: '/sandboxes?dialog=ping&on=sandbox%2Fshop-1', before: ping },
  { name: 'ports', view: '/endpoints?show=endpoint%2Fshop-1-web', waitFor: (page) => page.getByRole('region', { name: 'Traffic' }) },
  { name: 'policy-page', view: '/policies/database-clients', waitFor: tabs },
  { name: 'policy', view: '/policies?dialog=edit&on=policy%2Fdatabase-clients' },
  { name: 'settings-members', view: '/settings/members' },
  { name: 'settings-tokens', view: '/settings/tokens' },
  { name: 'settings-token', view: '/settings/tokens?dialog=create-token' },
  { name: 'settings-quotas', view: '/settings/quotas' },
  { name: 'settings-drivers', view: '/settings/drivers' },
  { name: 'settings-shares', view: '/settings/shares' },
  { name: 'settings-tenants', view: '/settings/tenants' },
  { name: 'settings-users', view: '/settings/users' },
  { name: 'settings-enrolment', view: '/settings/enrolment?dialog=enrol' },
  { name: 'settings-account', view: '/settings/account' },
  { name: 'sign-in', view: '/sign-in', signedOut: true },
  { name: 'phone', view: '/networks', viewport: phone },
  { name: 'phone-network', view: '/networks/web', viewport: phone, waitFor: tabs },
];

async function ping(page) {
  await page.getByRole('button', { name: 'Ping', exact: true }).click();
  await page.getByRole('region', { name: 'Result' }).waitFor();
}

async function take(browser, { name, view, viewport = desktop, before, waitFor, signedOut = false }, colorScheme) {
  const size = options.phone ? phone : viewport;
  const page = await (await browser.newContext({ viewport: size, colorScheme, reducedMotion: 'reduce' })).newPage();
  if (!signedOut) {
    await page.goto(`${options.dashboard}/sign-in#token=${options.token}`);
    await page.waitForURL(`${options.dashboard}/`);
  }
  await page.goto(options.dashboard + view);
  if (!signedOut) await page.getByText('Live', { exact: true }).waitFor({ state: 'attached' });
  if (view.includes('dialog=')) await page.getByRole('dialog').waitFor();
  if (view.includes('show=')) await page.getByRole('complementary').waitFor();
  await before?.(page);
  await waitFor?.(page).waitFor();
  await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
  await page
    .getByText(/^Loading/)
    .first()
    .waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(shortenReleases);
  const file = `${options.out}/${name}-${colorScheme}.png`;
  await page.screenshot({ path: file });
  await page.context().close();
  console.log(file);
}

/** Of a kernel's release only the version: what its builder adds tells of the machine that the pictures were made on. */
function shortenReleases() {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const release = /^(\d+\.\d+\.\d+)-\S+$/.exec(words.currentNode.nodeValue.trim());
    if (release) words.currentNode.nodeValue = release[1];
  }
}

await clear();
await fill();
mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
  args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
});
try {
  for (const page of pages.filter(({ name }) => name.startsWith(options.only)))
    for (const theme of themes) await take(browser, page, theme);
} finally {
  await browser.close();
  await clear();
}
