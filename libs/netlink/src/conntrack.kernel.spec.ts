import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { TestNamespace } from '@netyard/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deleteFlow, deleteFlows, deleteFlowsTo, listFlows, type TrackedFlow } from './conntrack';
import { KernelError } from './kernel-error';
import { RouteSocket } from './route-socket';

const tcp = 6;
const udp = 17;

/** A host that tracks what its loopback carries, and publishes 192.0.2.1:8080 as a port of its own. */
let host: TestNamespace;
let socket: RouteSocket;
const processes: ChildProcess[] = [];

beforeAll(() => {
  host = new TestNamespace('ct');
  for (const address of ['192.0.2.1/32', '192.0.2.2/32', '2001:db8::1/128', '2001:db8::2/128'])
    host.run('ip', 'address', 'add', address, 'dev', 'lo', 'nodad');
  host.run('sysctl', '-qw', 'net.ipv4.ip_local_port_range=40000 60000');
  host.run(
    'nft',
    'table inet t { chain output { type nat hook output priority -100; ip daddr 192.0.2.1 tcp dport 8080 dnat ip to 192.0.2.2:9090; }; chain in { type filter hook input priority 0; ct state new counter; }; }',
  );
  socket = RouteSocket.openNetfilter(host.namespace);
});

beforeEach(async () => {
  await end();
  host.run('conntrack', '-F');
});

afterAll(async () => {
  await end();
  socket?.close();
  host?.close();
});

/** Their last packets have been sent when this resolves: they would be flows of the next test. */
async function end(): Promise<void> {
  for (const process of processes.splice(0)) {
    if (process.exitCode !== null || process.signalCode !== null) continue;
    const exited = once(process, 'exit');
    process.kill('SIGKILL');
    await exited;
  }
}

/** Starts nc inside, and waits until it says that it listens or is connected. */
async function nc(...args: string[]): Promise<ChildProcess> {
  const process = spawn('ip', ['netns', 'exec', host.name, 'nc', '-v', '-n', ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
  processes.push(process);
  await once(process.stderr, 'data');
  return process;
}

/** What the tool of the package conntrack shows: protocol, addresses and ports of both directions. */
function oracle(): string[] {
  const lines = ['ipv4', 'ipv6'].flatMap((family) => host.run('conntrack', '-L', '-f', family, '-o', 'id').split('\n').filter(Boolean));
  return lines
    .map((line) => {
      const values = [...line.matchAll(/\b(?:src|dst|sport|dport|type|code|id)=(\S+)/g)].map(([, value]) => value);
      return [/\s(\d+)\s/.exec(line)?.[1], ...values].join(' ');
    })
    .sort();
}

const described = ({ original, reply, id }: TrackedFlow): string =>
  [
    original.protocol,
    ...[original, reply].flatMap(({ source, destination, sourcePort, destinationPort, icmp }) => [
      source,
      destination,
      ...(icmp ? [icmp.type, icmp.code, icmp.id] : [sourcePort, destinationPort]),
    ]),
    id,
  ].join(' ');

describe('flows', () => {
  test('are listed as the tool conntrack lists them: tcp, udp and icmp, of both families, translated too', async () => {
    await nc('-l', '192.0.2.2', '9090');
    await nc('192.0.2.1', '8080');
    await nc('-l', '2001:db8::1', '7070');
    await nc('2001:db8::1', '7070');
    host.run('ping', '-c1', '-I', '192.0.2.1', '192.0.2.2');
    host.run('ping', '-c1', '-I', '2001:db8::1', '2001:db8::2');
    host.run('bash', '-c', 'echo x > /dev/udp/192.0.2.2/5353');
    const flows = listFlows(socket);
    expect(flows.map(described).sort()).toEqual(oracle());
    expect(flows.map(({ original }) => original.protocol).sort()).toEqual([1, tcp, tcp, udp, 58].sort());
    const published = flows.find(({ original }) => original.destinationPort === 8080);
    expect(published).toMatchObject({
      isDestinationTranslated: true,
      isAnswered: true,
      original: { destination: '192.0.2.1', protocol: tcp },
      reply: { source: '192.0.2.2', sourcePort: 9090 },
    });
  });

  test('are forgotten one by one, and others stay', async () => {
    host.run('ping', '-c1', '-I', '192.0.2.1', '192.0.2.2');
    host.run('ping', '-c1', '-I', '2001:db8::1', '2001:db8::2');
    host.run('bash', '-c', 'echo x > /dev/udp/192.0.2.2/5353; echo x > /dev/udp/192.0.2.2/5354');
    for (let left = 4; left > 0; left--) {
      const [first, ...others] = listFlows(socket);
      expect(others).toHaveLength(left - 1);
      if (first) socket.request(deleteFlow(first));
      expect(listFlows(socket).map(described)).toEqual(others.map(described));
    }
    expect(oracle()).toEqual([]);
  });

  test('that have gone, or have come anew with the same tuple, are no error and are left alone', () => {
    host.run('ping', '-c1', '-I', '192.0.2.1', '192.0.2.2');
    const flows = listFlows(socket);
    expect(deleteFlows(socket, flows)).toBe(1);
    expect(deleteFlows(socket, flows)).toBe(0);
    const [gone] = flows;
    expect(() => gone && socket.request(deleteFlow(gone))).toThrow(KernelError);
    host.run('bash', '-c', 'echo x > /dev/udp/192.0.2.2/5353');
    const [flow] = listFlows(socket);
    expect(flow && deleteFlows(socket, [{ ...flow, id: flow.id ^ 1 }])).toBe(0);
    expect(listFlows(socket)).toHaveLength(1);
  });

  test('to a published port are forgotten by where their clients thought to go', async () => {
    await nc('-lk', '192.0.2.2', '9090');
    await nc('192.0.2.1', '8080');
    await nc('192.0.2.1', '8080');
    await nc('192.0.2.2', '9090');
    expect(deleteFlowsTo(socket, { address: '192.0.2.2', protocol: tcp, port: 8080 })).toBe(0);
    expect(deleteFlowsTo(socket, { address: '192.0.2.1', protocol: udp, port: 8080 })).toBe(0);
    expect(deleteFlowsTo(socket, { address: '192.0.2.1', protocol: tcp, port: 8080 })).toBe(2);
    expect(listFlows(socket).map(({ original }) => original.destinationPort)).toEqual([9090]);
    expect(deleteFlowsTo(socket, { protocol: tcp, port: 9090 })).toBe(1);
  });
});
