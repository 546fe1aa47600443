import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestNamespace } from '@netyard/testing';
import { Monitor, setLink, stopMonitor, type KernelEvent, type MonitorSubject } from './index';

/** Blocks its thread in read until told, then stops the monitor as `stopMonitor` does. */
const stopper = `
  const { parentPort } = require('node:worker_threads');
  parentPort.once('message', (descriptor) => require('node:fs').writeSync(descriptor, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])));
`;

describe('the monitor', () => {
  let host: TestNamespace;
  let monitor: Monitor;

  const listen = (...subjects: MonitorSubject[]): void => void (monitor = Monitor.open(subjects, host.namespace));

  /** Waits for the event that passes `test`, and gives it; fails with what came instead. */
  function expectEvent(test: (event: KernelEvent) => boolean): KernelEvent {
    const seen: KernelEvent[] = [];
    for (;;) {
      const events = monitor.next(5000) ?? [];
      if (events.length === 0) throw new Error(`no such event among ${JSON.stringify(seen)}`);
      const found = events.find(test);
      if (found) return found;
      seen.push(...events);
    }
  }

  beforeEach(() => void (host = new TestNamespace('watch')));
  afterEach(() => {
    monitor.close();
    host.close();
  });

  it('tells what `ip` does to links', () => {
    listen('link');
    host.run('ip', 'link', 'add', 'br0', 'type', 'bridge');
    expect(expectEvent((event) => event.subject === 'link' && event.link.name === 'br0')).toMatchObject({
      gone: false,
      link: { kind: 'bridge', up: false },
    });
    host.run('ip', 'link', 'set', 'br0', 'up');
    expectEvent((event) => event.subject === 'link' && event.link.name === 'br0' && event.link.up);
    host.run('ip', 'link', 'delete', 'br0');
    expectEvent((event) => event.subject === 'link' && event.link.name === 'br0' && event.gone);
  });

  it('does not take a port that leaves its bridge for a deleted link', () => {
    host.run('ip', 'link', 'add', 'br0', 'type', 'bridge');
    host.run('ip', 'link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1');
    listen('link');
    host.run('ip', 'link', 'set', 'v0', 'master', 'br0');
    host.run('bridge', 'link', 'set', 'dev', 'v0', 'isolated', 'on');
    expect(expectEvent((event) => event.subject === 'port' && event.port?.isolated === true)).toMatchObject({ name: 'v0', gone: false });
    host.run('ip', 'link', 'set', 'v0', 'nomaster');
    host.run('ip', 'link', 'set', 'v0', 'up');
    const events: KernelEvent[] = [];
    expectEvent((event) => events.push(event) > 0 && event.subject === 'link' && event.link.name === 'v0' && event.link.up);
    expect(events.filter((event) => event.subject !== 'lost' && event.gone).map(({ subject }) => subject)).toEqual(['port']);
  });

  it('tells what `ip` does to addresses, routes and neighbours', () => {
    host.run('ip', 'link', 'add', 'br0', 'up', 'type', 'bridge');
    listen('address', 'route', 'neighbour');
    host.run('ip', 'address', 'add', '192.0.2.1/24', 'dev', 'br0');
    expectEvent((event) => event.subject === 'address' && event.address.address === '192.0.2.1/24');
    host.run('ip', 'route', 'add', 'default', 'via', '192.0.2.254');
    expectEvent((event) => event.subject === 'route' && event.route.destination === '0.0.0.0/0' && event.route.via === '192.0.2.254');
    host.run('ip', 'neighbour', 'add', '192.0.2.9', 'lladdr', '02:00:00:00:00:09', 'dev', 'br0');
    expectEvent((event) => event.subject === 'neighbour' && event.neighbour.macAddress === '02:00:00:00:00:09');
    host.run('ip', 'route', 'delete', 'default');
    expectEvent((event) => event.subject === 'route' && event.gone && event.route.destination === '0.0.0.0/0');
    host.run('ip', 'address', 'delete', '192.0.2.1/24', 'dev', 'br0');
    expectEvent((event) => event.subject === 'address' && event.gone && event.address.address === '192.0.2.1/24');
  });

  it('hears nothing of other namespaces', () => {
    listen('link');
    const other = new TestNamespace('other');
    other.run('ip', 'link', 'add', 'br0', 'type', 'bridge');
    other.close();
    expect(monitor.next(0)).toEqual([]);
  });

  it('says so when events were lost', () => {
    listen('link');
    host.netlink((socket) => socket.batch(Array.from({ length: 8000 }, (_, index) => setLink('lo', { alias: `change ${index}` }))));
    const subjects: string[] = [];
    for (let events = monitor.next(0); events && events.length > 0; events = monitor.next(0))
      subjects.push(...events.map(({ subject }) => subject));
    expect(subjects).toContain('lost');
    host.run('ip', 'link', 'set', 'lo', 'alias', 'after');
    expectEvent((event) => event.subject === 'link' && event.link.alias === 'after');
  });

  it('is woken by another thread, and stays stopped', async () => {
    listen('link');
    const worker = new Worker(stopper, { eval: true });
    await once(worker, 'online');
    worker.postMessage(monitor.stopDescriptor);
    expect(monitor.next()).toBeUndefined();
    await once(worker, 'exit');
    stopMonitor(monitor.stopDescriptor);
    expect(monitor.next()).toBeUndefined();
  });
});
