import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bridgeLinkName } from '@netyard/contracts';
import { type ApiObject, Deployment, outcome } from '@netyard/testing';

const run = promisify(execFile);
const page = readFileSync('docs/class-of-30.md', 'utf8');

/** The script of the page, by heading. */
const blocks = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [
      section.slice(0, section.indexOf('\n')),
      [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code]) => code).join('\n'),
    ]),
);

let deployment: Deployment;
const folder = mkdtempSync(join(tmpdir(), 'netyard-class-'));
beforeAll(async () => {
  deployment = await Deployment.start({ hosts: 2, outsiders: 1 });
});
afterAll(async () => {
  await deployment.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What stands in the place of the page's own settings. */
const settings = (): string => `
  export API=${deployment.apiUrls[0]}/v1 TOKEN=${deployment.token} HANDOUTS=handouts
  within() { ip netns exec "$@"; }
  outside() { ip netns exec ${deployment.underlay.host('h3').name} "$@"; }`;

/** Runs sections of the page as one script; gives what it prints last. */
async function runSections(...headings: string[]): Promise<string> {
  const script = [settings(), ...headings.map((heading) => blocks.get(heading) ?? `echo 'no section ${heading}'; exit 1`)].join('\n');
  const { stdout } = await run('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  return stdout.trim().split('\n').at(-1) ?? '';
}

/** Links of Netyard’s on the hosts, but the bridges of their default networks. */
async function linksLeft(): Promise<string[]> {
  const { body } = await deployment.get<{ items: ApiObject[] }>('/v1/networks');
  const own = body.items.map(({ metadata }) => bridgeLinkName(metadata.id));
  const links = ['h1', 'h2'].map((host) => outcome(['ip', 'netns', 'exec', deployment.underlay.host(host).name, 'ip', '-br', 'link']));
  return [...links.join('\n').matchAll(/^ny[^ @]*/gm)].map(([name]) => name).filter((name) => !own.includes(name));
}
const countOf = async (collection: string): Promise<number> =>
  (await deployment.get<{ items: unknown[] }>(`/v1/${collection}?limit=500`)).body.items.length;

it('sets up, hands out, checks and takes down a class, as the page says', { timeout: 500_000 }, async () => {
  const named = (text: string): string[] => [...text.matchAll(/\b(?:[A-Z]+(?==)|\w+\(\))/g)].map(([name]) => name).sort();
  expect(named(blocks.get('Settings') ?? ''), 'settings of the page and of this test').toEqual(named(settings()));
  const before = { tenants: await countOf('tenants'), users: await countOf('users') };
  const namespaces = (): string[] => [...outcome(['ip', 'netns', 'list']).matchAll(/^ny-(?!test-)\S+/gm)].map(([name]) => name);
  const others = namespaces();

  expect(await runSections('Words for it', 'The lab', 'Thirty times', 'Does it stand?')).toBe('the class stands');
  expect(readdirSync(join(folder, 'handouts')).filter((name) => name.startsWith('student-'))).toHaveLength(30);
  expect(await countOf('tenants')).toBe(before.tenants + 30);
  // One student’s token gets at nothing of another’s, and at no more than the quota.
  const token = /^token=(.*)$/m.exec(readFileSync(join(folder, 'handouts/student-07'), 'utf8'))?.[1] ?? '';
  const other = await deployment.request('GET', '/v1/networks/lab', undefined, { 'netyard-tenant': 'student-08' });
  const asStudent = (method: string, path: string, body?: unknown) =>
    deployment.request<{ type: string }>(method, path, body, { authorization: `Bearer ${token}` });
  expect((await asStudent('GET', `/v1/networks/${other.body.metadata.id}`)).status).toBe(404);
  const many = { items: Array.from({ length: 11 }, () => ({ spec: { network: 'lab' } })) };
  expect((await asStudent('POST', '/v1/endpoints/bulk', many)).body.type).toBe('/problems/quota-exceeded');

  expect(await runSections('Words for it', 'Taking it down')).toBe('nothing is left');
  expect({ tenants: await countOf('tenants'), users: await countOf('users') }).toEqual(before);
  await deployment.until('nothing is left on hosts', async () => (await linksLeft()).length === 0);
  await deployment.until('no namespace is left', async () => namespaces().every((name) => others.includes(name)));
  expect(readdirSync(folder)).toEqual([]);
});
