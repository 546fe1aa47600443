import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace, withNamespaces } from '@netyard/testing';
import {
  addBridge,
  attachNamespace,
  createNamespace,
  deleteNamespace,
  EventSocket,
  getLink,
  inNamespace,
  inScratchNamespace,
  Namespace,
  numberNamespace,
  readSysctl,
  RouteSocket,
  settle,
  unshareNamespace,
  writeSysctl,
} from './index';

const threadNamespace = (): number => {
  const namespace = Namespace.current();
  const { inode } = namespace;
  namespace.close();
  return inode;
};
const mountsOf = (path: string): string[] =>
  readFileSync('/proc/thread-self/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes(` ${path}`));

describe('named namespaces', () => {
  it('are made and deleted 200 times without a mount left over', () => {
    const prefix = `/run/netns/ny-test-many-${process.pid}-`;
    const before = threadNamespace();
    const paths = Array.from({ length: 200 }, (_, index) => `${prefix}${index}`);
    try {
      for (const path of paths) createNamespace(path);
      expect(mountsOf(prefix)).toHaveLength(200);
      expect(execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' })).toContain(`ny-test-many-${process.pid}-199`);
    } finally {
      for (const path of paths) deleteNamespace(path);
    }
    expect(mountsOf(prefix)).toEqual([]);
    expect(threadNamespace()).toBe(before);
  });

  it('can be deleted twice, and when their name was bound twice', () => {
    const name = `ny-test-twice-${process.pid}`;
    const path = `/run/netns/${name}`;
    createNamespace(path);
    try {
      execFileSync('mount', ['--bind', path, path]);
      expect(mountsOf(path)).toHaveLength(2);
    } finally {
      deleteNamespace(path);
    }
    deleteNamespace(path);
    expect(mountsOf(path)).toEqual([]);
    expect(execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' })).not.toContain(name);
  });

  it('are refused where there is something already, and told from other files', () =>
    withNamespaces(1, (host) => {
      expect(() => createNamespace(host.path)).toThrow(/^ip netns add .*: EEXIST: File exists$/);
      expect(() => Namespace.open('/proc/self/ns/mnt')).toThrow(/EINVAL: it is not a network namespace/);
      expect(() => Namespace.open('/etc/passwd')).toThrow(/EINVAL: it is not a network namespace/);
      expect(() => Namespace.open(`${host.path}-absent`)).toThrow(/ENOENT/);
    }));
});

describe('a bracket', () => {
  let host: TestNamespace;

  beforeEach(() => void (host = new TestNamespace('bracket')));
  afterEach(() => host.close());

  it('ends where it began, also when the work throws', () => {
    const home = threadNamespace();
    expect(inNamespace(host.namespace, threadNamespace)).toBe(host.namespace.inode);
    expect(() =>
      inNamespace(host.namespace, () => {
        throw new Error('in the middle');
      }),
    ).toThrow('in the middle');
    expect(threadNamespace()).toBe(home);
  });

  it('may be opened in another, and in an empty one, and returns there', () =>
    withNamespaces(1, (other) => {
      const home = threadNamespace();
      inNamespace(host.namespace, () => {
        expect(inNamespace(other.namespace, threadNamespace)).toBe(other.namespace.inode);
        expect(threadNamespace()).toBe(host.namespace.inode);
        const empty = inScratchNamespace(() => {
          const here = threadNamespace();
          expect(inNamespace(other.namespace, threadNamespace)).toBe(other.namespace.inode);
          expect(threadNamespace()).toBe(here);
          return here;
        });
        expect([home, host.namespace.inode, other.namespace.inode]).not.toContain(empty);
        const path = `${host.path}-inner`;
        createNamespace(path);
        deleteNamespace(path);
        expect(threadNamespace()).toBe(host.namespace.inode);
      });
      expect(threadNamespace()).toBe(home);
    }));

  it('gives a namespace its name back that somebody has taken away', () => {
    const path = `${host.path}-named`;
    createNamespace(path);
    const held = Namespace.open(path);
    try {
      deleteNamespace(path);
      expect(() => Namespace.open(path)).toThrow(/ENOENT/);
      attachNamespace(held, path);
      const again = Namespace.open(path);
      expect(again.inode).toBe(held.inode);
      again.close();
      expect(() => attachNamespace(held, path)).toThrow(/EEXIST/);
    } finally {
      held.close();
      deleteNamespace(path);
    }
  });

  it('sees the settings of its namespace', () => {
    host.inside(() => writeSysctl('net/ipv4/ip_forward', '1'));
    expect(host.run('sysctl', '-n', 'net.ipv4.ip_forward').trim()).toBe('1');
    host.run('sysctl', '-w', 'net.ipv4.ip_default_ttl=77');
    expect(host.inside(() => readSysctl('net/ipv4/ip_default_ttl'))).toBe('77');
  });

  it('leaves a socket behind that stays inside', () => {
    const socket = RouteSocket.open(host.namespace);
    socket.request(addBridge({ name: 'br0', macAddress: '02:00:00:00:00:01', mtuBytes: 1500 }));
    expect(getLink(socket, 'br0')?.kind).toBe('bridge');
    socket.close();
    expect(host.ip('link', 'show', 'br0')).toHaveLength(1);
  });

  it('returns to the home that the thread has settled in', () => {
    const before = Namespace.current();
    try {
      unshareNamespace();
      const home = threadNamespace();
      expect(home).not.toBe(before.inode);
      expect(inNamespace(host.namespace, threadNamespace)).toBe(host.namespace.inode);
      expect(threadNamespace()).toBe(home);
    } finally {
      before.enter();
      settle();
      before.close();
    }
  });
});

describe('numbers of namespaces', () => {
  it('are given once, and are those by which events are told', () =>
    withNamespaces(2, (home, other) => {
      const listener = home.inside(() => EventSocket.open(0, [1]));
      const number = home.netlink((socket) => [numberNamespace(socket, other.namespace), numberNamespace(socket, other.namespace)]);
      try {
        expect(number[0]).toBe(number[1]);
        other.run('ip', 'link', 'set', 'lo', 'down');
        const heard: (number | undefined)[] = [];
        listener.receive(({ nsid }) => heard.push(nsid));
        expect(heard).toContain(number[0]);
      } finally {
        listener.close();
      }
    }));
});
