import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace } from '@netyard/testing';
import { addAddress, addBridge, addMacvlan, addVeth, getLink, macvlanModes, setLink } from './index';

describe('macvlan links in the kernel', () => {
  let host: TestNamespace;
  let wire: TestNamespace;
  let sandboxes: [TestNamespace, TestNamespace];

  beforeEach(() => {
    host = new TestNamespace('host');
    wire = new TestNamespace('wire');
    sandboxes = [new TestNamespace('one'), new TestNamespace('two')];
    host.netlink((socket) => {
      socket.request(addVeth({ name: 'eth0', mtuBytes: 1500, peer: { name: 'port', namespace: wire.namespace } }));
      socket.request(setLink('eth0', { up: true }));
    });
    wire.netlink((socket) => socket.request(setLink('port', { up: true })));
  });
  afterEach(() => {
    for (const namespace of [...sandboxes, wire, host]) namespace.close();
  });

  const parent = (): number => host.netlink((socket) => getLink(socket, 'eth0')?.index ?? 0);

  it.each(macvlanModes)('are made in the sandbox in mode %s', (mode) => {
    const [sandbox] = sandboxes;
    const request = addMacvlan({
      name: 'eth0',
      parentIndex: parent(),
      mode,
      macAddress: '02:00:00:00:00:05',
      mtuBytes: 1400,
      namespace: sandbox.namespace,
    });
    host.netlink((socket) => socket.request(request));
    sandbox.netlink((socket) =>
      expect(getLink(socket, 'eth0')).toMatchObject({
        kind: 'macvlan',
        sublink: { kind: 'macvlan', mode },
        mtuBytes: 1400,
        peerIndex: parent(),
      }),
    );
    const [shown] = sandbox.ip<{ address: string; linkinfo: { info_data: { mode: string } } }[]>('-d', 'link', 'show', 'eth0');
    expect(shown?.linkinfo.info_data.mode).toBe(mode);
    const own = host.netlink((socket) => getLink(socket, 'eth0')?.macAddress);
    expect(shown?.address).toBe(mode === 'passthru' ? own : '02:00:00:00:00:05');
  });

  it('reach each other in bridge mode, and not when they are private', () => {
    for (const [mode, expected] of [
      ['bridge', true],
      ['private', false],
    ] as const) {
      for (const [index, sandbox] of sandboxes.entries()) {
        host.netlink((socket) => socket.request(addMacvlan({ name: mode, parentIndex: parent(), mode, namespace: sandbox.namespace })));
        sandbox.netlink((socket) => {
          const link = getLink(socket, mode)?.index ?? 0;
          socket.request(addAddress(link, `${mode === 'bridge' ? '192.0.2' : '203.0.113'}.${index + 1}/24`));
          socket.request(setLink(link, { up: true }));
        });
      }
      const target = mode === 'bridge' ? '192.0.2.2' : '203.0.113.2';
      const [sandbox] = sandboxes;
      const ping = (): string => sandbox.run('ping', '-c1', expected ? '-W30' : '-W1', target);
      if (expected) expect(ping()).toContain('1 received');
      else expect(ping).toThrow('Command failed');
    }
  });

  it('are refused where the kernel forbids them', () => {
    host.netlink((socket) => {
      socket.request(addBridge({ name: 'br0', macAddress: '02:00:00:00:00:01', mtuBytes: 1500 }));
      const [large] = socket.batch([addMacvlan({ name: 'm0', parentIndex: parent(), mode: 'bridge', mtuBytes: 9000 })]);
      expect(large?.errnoName).toBe('EINVAL');
      socket.request(addMacvlan({ name: 'm1', parentIndex: parent(), mode: 'bridge' }));
      const [beside] = socket.batch([addMacvlan({ name: 'm2', parentIndex: parent(), mode: 'passthru' })]);
      expect(beside?.errnoName).toBe('EINVAL');
      socket.request(setLink('m1', { masterIndex: getLink(socket, 'br0')?.index }));
      socket.request(addVeth({ name: 'v0', mtuBytes: 1500, peer: { name: 'v1', namespace: wire.namespace } }));
      socket.request(setLink('v0', { masterIndex: getLink(socket, 'br0')?.index }));
      const [port] = socket.batch([addMacvlan({ name: 'm3', parentIndex: getLink(socket, 'v0')?.index ?? 0, mode: 'bridge' })]);
      expect(port?.errnoName).toBe('EBUSY');
    });
  });
});
