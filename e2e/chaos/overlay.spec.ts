import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vxlanLinkName } from '@netyard/contracts';
import { type ApiObject, briefly, Deployment, outcome, pings } from '@netyard/testing';

const hosts = [1, 2, 3, 4, 5];

/** Five hosts, one overlay, a sandbox with an endpoint on each. */
describe('an overlay of five hosts', () => {
  let deployment: Deployment;
  let network: ApiObject;
  const sandboxes = new Map<string, ApiObject>();

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: hosts.length });
    network = await deployment.create('networks', 'wide', { driver: 'overlay', subnets: [{ cidr: '10.32.0.0/24' }] });
    for (const number of hosts) await join(`e${number}`, number, `10.32.0.1${number}`);
  });
  afterAll(() => deployment.close());

  async function join(name: string, host: number, address: string): Promise<void> {
    sandboxes.set(name, await deployment.create('sandboxes', name, { host: `h${host}` }));
    await deployment.create('endpoints', name, { network: 'wide', sandbox: name, addresses: [address] });
  }

  const enter = (name: string): string[] => deployment.enter(sandboxes.get(name) as ApiObject);
  const reaches = (from: string, address: string, seconds?: number): boolean => pings(enter(from), address, seconds);
  const onHost = (number: number, ...command: string[]): string =>
    outcome(['ip', 'netns', 'exec', deployment.underlay.host(`h${number}`).name, ...command]);
  const entries = (number: number): string => onHost(number, 'bridge', 'fdb', 'show', 'brport', vxlanLinkName(network.metadata.id));
  const names = (from: string, name: string): string => outcome([...enter(from), 'dig', '+short', '+tries=1', '+time=30', name]).trim();

  it('connects each with each', () => {
    for (const from of hosts)
      for (const to of hosts) if (from !== to) expect([from, to, reaches(`e${from}`, `10.32.0.1${to}`)]).toEqual([from, to, true]);
  });

  it('goes on among the others when one is cut off from them, and with it when it is back', async () => {
    onHost(3, 'ip', 'link', 'set', 'eth0', 'down');
    expect(reaches('e1', '10.32.0.13', briefly)).toBe(false);
    expect(reaches('e1', '10.32.0.12')).toBe(true);
    onHost(3, 'ip', 'link', 'set', 'eth0', 'up');
    // The switch passes frames of a port again when it has heard of its cable.
    await deployment.until('e1 reaches it again', async () => reaches('e1', '10.32.0.13', briefly));
    await deployment.until('it reaches others again', async () => reaches('e3', '10.32.0.15', briefly));
  });

  it('goes on with a host whose worker is gone, which learns what it missed when that is back', async () => {
    await deployment.kill('worker-h2');
    expect(reaches('e1', '10.32.0.12')).toBe(true);
    expect(names('e1', 'e2')).toBe('10.32.0.12');
    const late = await deployment.request(
      'POST',
      '/v1/sandboxes',
      { metadata: { name: 'late' }, spec: { host: 'h4' } },
      { prefer: 'wait=60' },
    );
    sandboxes.set('late', late.body);
    const { body } = await deployment.request('POST', '/v1/endpoints', {
      metadata: { name: 'late' },
      spec: { network: 'wide', sandbox: 'late', addresses: ['10.32.0.99'] },
    });
    await deployment.until('the others reach it', async () => reaches('e5', '10.32.0.99', briefly));
    const peersReady = async () =>
      (await deployment.get(`/v1/endpoints/${body.metadata.id}`)).body.status.conditions?.find(({ type }) => type === 'PeersReady');
    await deployment.until('all but h2 have said so', async () => (await peersReady())?.message === 'not yet reached by h2');
    expect(await peersReady()).toMatchObject({ status: 'False', reason: 'NotReached' });
    await deployment.remove('/v1/endpoints/e5');
    deployment.startWorker('h2');
    await deployment.until('it is Ready everywhere', async () =>
      Boolean(
        (await deployment.get(`/v1/endpoints/late`)).body.status.conditions?.some(
          ({ type, status }) => type === 'Ready' && status === 'True',
        ),
      ),
    );
    expect(reaches('e2', '10.32.0.99')).toBe(true);
    await deployment.until('h2 has forgotten who left', async () => !entries(2).includes('198.51.100.5'));
    expect(names('e2', 'late')).toBe('10.32.0.99');
  });

  it('keeps hosts that cannot reach the API as they are, and brings them up to date when it is back', async () => {
    await deployment.kill('api-0');
    for (const [from, to] of [
      [1, 2],
      [3, 4],
    ] as const)
      expect(reaches(`e${from}`, `10.32.0.1${to}`)).toBe(true);
    expect(names('e1', 'e4')).toBe('10.32.0.14');
    await deployment.startApi(0);
    await join('after', 3, '10.32.0.77');
    expect(reaches('e1', '10.32.0.77')).toBe(true);
  });

  it('forgets a host that is given up, on all others, and takes one in its place', async () => {
    await deployment.kill('worker-h4');
    const { status } = await deployment.request('DELETE', '/v1/hosts/h4?force=true');
    expect(status).toBe(204);
    for (const number of [1, 2, 3])
      await deployment.until(`h${number} sends nothing to h4`, async () => !entries(number).includes('198.51.100.4'));
    await deployment.until('h1 knows its name no more', async () => names('e1', 'e4') === '');
    await join('place', 5, '10.32.0.14');
    expect(reaches('e1', '10.32.0.14')).toBe(true);
    expect(names('e2', 'place')).toBe('10.32.0.14');
  });

  it('cleans a host that comes back with what it had', async () => {
    expect(onHost(4, 'ip', '-o', 'link', 'show', 'type', 'vxlan')).toContain('nyx');
    deployment.startWorker('h4');
    await deployment.until('h4 has nothing left of the network', async () => onHost(4, 'ip', '-o', 'link', 'show', 'type', 'vxlan') === '');
    await join('again', 4, '10.32.0.44');
    expect(reaches('e1', '10.32.0.44')).toBe(true);
    expect(reaches('again', '10.32.0.14')).toBe(true);
  });
});
