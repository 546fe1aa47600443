import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addVeth, getLink, setLink } from '@netyard/netlink';
import { type ApiObject, briefly, Deployment, pings } from '@netyard/testing';

/** A host with a second link on the wire, a macvlan network on it, and what becomes of that when somebody changes the link. */
describe('the parent of a network on the wire', () => {
  let deployment: Deployment;
  const sandboxes = new Map<string, ApiObject>();

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2 });
    for (const number of [1, 2]) plug(number);
    await deployment.create('networks', 'lan', {
      driver: 'macvlan',
      subnets: [{ cidr: '10.80.0.0/24' }, { cidr: 'fd00:80::/64' }],
      options: { parent: 'eth1' },
    });
    for (const number of [1, 2]) {
      sandboxes.set(`s${number}`, await deployment.create('sandboxes', `s${number}`, { host: `h${number}` }));
      await deployment.until(`h${number} has told of its link`, async () => {
        const { body } = await deployment.get<{ status: { links: { name: string; up: boolean }[] } }>(`/v1/hosts/h${number}`);
        return body.status.links.some(({ name, up }) => name === 'eth1' && up);
      });
      await deployment.create('endpoints', `e${number}`, {
        network: 'lan',
        sandbox: `s${number}`,
        addresses: [`10.80.0.1${number}`, `fd00:80::1${number}`],
      });
    }
  });
  afterAll(() => deployment.close());

  /** Puts `eth1` of a host on the wire (again). */
  function plug(number: number): void {
    const { wire } = deployment.underlay;
    const host = deployment.underlay.host(`h${number}`);
    wire.netlink((socket) => {
      socket.request(addVeth({ name: `also-h${number}`, mtuBytes: 1500, peer: { name: 'eth1', namespace: host.namespace } }));
      socket.request(setLink(`also-h${number}`, { masterIndex: getLink(socket, 'underlay')?.index ?? 0, up: true }));
    });
    host.netlink((socket) => socket.request(setLink('eth1', { up: true })));
  }

  const onHost = (...command: string[]): string => deployment.underlay.host('h1').run(command[0] ?? '', ...command.slice(1));
  interface Condition {
    type: string;
    status: string;
    reason: string;
    message: string;
  }
  /** `Ready` of the network, and `ParentReady` of its part on host 1. */
  const conditions = async (): Promise<(Condition | undefined)[]> => {
    const { status } = (
      await deployment.get<{ status: { conditions: Condition[]; hosts: { host: string; conditions: Condition[] }[] } }>('/v1/networks/lan')
    ).body;
    const here = status.hosts.find(({ host }) => host === 'h1');
    return [status.conditions.find(({ type }) => type === 'Ready'), here?.conditions.find(({ type }) => type === 'ParentReady')];
  };
  const reached = (seconds?: number): boolean[] =>
    ['10.80.0.12', 'fd00:80::12'].map((target) => pings(deployment.enter(sandboxes.get('s1') as ApiObject), target, seconds));

  it.each([
    {
      name: 'goes down',
      breaks: () => onHost('ip', 'link', 'set', 'eth1', 'down'),
      mends: () => onHost('ip', 'link', 'set', 'eth1', 'up'),
      says: 'parent eth1 is down: ip link set eth1 up',
    },
    {
      name: 'vanishes',
      breaks: () => onHost('ip', 'link', 'del', 'eth1'),
      mends: () => plug(1),
      says: 'parent eth1 is not there; this host has eth0',
    },
  ])('is named when it $name, and all is mended once it is back', async ({ breaks, mends, says }) => {
    expect(reached()).toEqual([true, true]);
    breaks();
    // A link that vanishes goes down before.
    await deployment.until(`the network says: ${says}`, async () =>
      isDeepStrictEqual(
        (await conditions()).map((condition) => [condition?.status, condition?.reason, condition?.message]),
        [
          ['False', 'UnfitParent', `on host h1: ${says}`],
          ['False', 'UnfitParent', says],
        ],
      ),
    );
    expect(reached(briefly)).toEqual([false, false]);
    mends();
    await deployment.until('the network is Ready', async () => (await conditions()).every((condition) => condition?.status === 'True'));
    await deployment.until('they reach each other', async () => reached(briefly).every(Boolean));
  });
});
