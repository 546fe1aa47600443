import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace } from '@netyard/testing';
import { addAddress, addIpvlan, addVeth, addVlan, getLink, ipvlanFlags, ipvlanModes, kernelFeatures, setLink } from './index';

describe('links under a kernel that has them all', () => {
  let host: TestNamespace;
  let wire: TestNamespace;
  let sandbox: TestNamespace;

  beforeEach(() => {
    [host, wire, sandbox] = [new TestNamespace('host'), new TestNamespace('wire'), new TestNamespace('one')];
    host.netlink((socket) => {
      socket.request(addVeth({ name: 'eth0', mtuBytes: 1500, peer: { name: 'port', namespace: wire.namespace } }));
      socket.request(setLink('eth0', { up: true }));
    });
    wire.netlink((socket) => socket.request(setLink('port', { up: true })));
  });
  afterEach(() => {
    for (const namespace of [sandbox, wire, host]) namespace.close();
  });

  const parent = (): number => host.netlink((socket) => getLink(socket, 'eth0')?.index ?? 0);

  it('are found out', () => {
    expect(kernelFeatures()).toEqual(['macvlan', 'ipvlan', 'vlan', 'vxlan', 'wireguard', 'ifb', 'netem']);
  });

  it.each(ipvlanModes.flatMap((mode) => ipvlanFlags.map((flag) => ({ mode, flag }))))(
    'of kind ipvlan are made in mode $mode $flag',
    ({ mode, flag }) => {
      host.netlink((socket) => socket.request(addIpvlan({ name: 'i0', parentIndex: parent(), mode, flag, namespace: sandbox.namespace })));
      sandbox.netlink((socket) =>
        expect(getLink(socket, 'i0')).toMatchObject({ kind: 'ipvlan', sublink: { kind: 'ipvlan', mode, flag }, peerIndex: parent() }),
      );
      const [shown] = sandbox.ip<{ linkinfo: { info_data: { mode: string; flags: string } } }[]>('-d', 'link', 'show', 'i0');
      expect(shown?.linkinfo.info_data).toMatchObject({ mode });
    },
  );

  it('of kind vlan carry what is tagged', () => {
    for (const [namespace, link, address] of [
      [host, 'eth0', '192.0.2.1/24'],
      [wire, 'port', '192.0.2.2/24'],
    ] as const)
      namespace.netlink((socket) => {
        const parentIndex = getLink(socket, link)?.index ?? 0;
        socket.request(addVlan({ name: `${link}.50`, parentIndex, vlanId: 50 }));
        const index = getLink(socket, `${link}.50`)?.index ?? 0;
        expect(getLink(socket, `${link}.50`)).toMatchObject({
          kind: 'vlan',
          sublink: { kind: 'vlan', vlanId: 50 },
          peerIndex: parentIndex,
        });
        socket.request(addAddress(index, address));
        socket.request(setLink(index, { up: true }));
      });
    expect(host.run('ping', '-c1', '-W60', '192.0.2.2')).toContain('1 received');
    host.netlink((socket) => {
      const [again] = socket.batch([addVlan({ name: 'other', parentIndex: parent(), vlanId: 50 })]);
      expect(again?.errnoName).toBe('EEXIST');
    });
  });
});
