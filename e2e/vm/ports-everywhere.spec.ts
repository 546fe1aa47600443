import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiObject, Deployment, outcome, Server } from '@netyard/testing';

/** What this kernel may lack: SCTP, and tunnels that are encrypted. Two hosts, of which the first has the endpoints, and a client outside. */
describe('ports published on every host', () => {
  let deployment: Deployment;
  const sandboxes = new Map<string, ApiObject>();
  const enter = (name: string): string[] => deployment.enter(sandboxes.get(name) as ApiObject);
  const outside = (...command: string[]): string => outcome(['ip', 'netns', 'exec', deployment.underlay.host('h3').name, ...command]);
  const ownAddress = async (network: string, host: string): Promise<string> => {
    const { body } = await deployment.get(`/v1/networks/${network}`);
    const hosts = body.status['hosts'] as unknown as { host: string; addresses: string[] }[];
    return hosts.find((one) => one.host === host)?.addresses[0] ?? '';
  };

  beforeAll(async () => {
    deployment = await Deployment.start({ hosts: 2, outsiders: 1 });
    for (const [network, encrypted] of [
      ['plain', false],
      ['secret', true],
    ] as const) {
      await deployment.create('networks', network, { driver: 'overlay', options: { encrypted } });
      sandboxes.set(network, await deployment.create('sandboxes', network, { host: 'h1' }));
      await deployment.create('endpoints', network, { network, sandbox: network });
    }
  });
  afterAll(() => deployment.close());

  it('carry SCTP', async () => {
    const port = { port: 5201, hostPort: 5201, hostAddress: '0.0.0.0', publish: 'everywhere' };
    // iperf3 speaks TCP about what it measures.
    for (const protocol of ['tcp', 'sctp']) await deployment.publish('plain', { ...port, protocol });
    for (const { host, sees } of [
      { host: '198.51.100.1', sees: '198.51.100.3' },
      { host: '198.51.100.2', sees: await ownAddress('plain', 'h2') },
    ]) {
      const log = `/run/netns/iperf3-${host}.json`;
      const server = await Server.run([...enter('plain'), 'sh', '-c', `iperf3 -s -1 -J --logfile ${log} & echo begun; wait`], /begun/);
      await deployment.until('it listens', async () => outcome([...enter('plain'), 'ss', '-Hltn', 'sport = 5201']) !== '');
      const sent = JSON.parse(outside('iperf3', '-c', host, '--sctp', '-n', '1M', '-J')) as { end: { sum_received: { bytes: number } } };
      expect(sent.end.sum_received.bytes).toBeGreaterThan(100_000);
      await once(server.process, 'exit');
      const { start } = JSON.parse(readFileSync(log, 'utf8')) as { start: { test_start: object; connected: { remote_host: string }[] } };
      expect(start.test_start).toMatchObject({ protocol: 'SCTP' });
      expect(start.connected.map((connection) => connection.remote_host)).toEqual([sees]);
      rmSync(log);
    }
  });

  it('lead through encrypted tunnels', async () => {
    await deployment.publish('secret', { protocol: 'tcp', port: 80, hostPort: 8080, hostAddress: '0.0.0.0', publish: 'everywhere' });
    const server = await Server.start(enter('secret'), { port: 80 });
    expect(outside('curl', '-sS', '--max-time', '60', 'http://198.51.100.1:8080/')).toBe('198.51.100.3');
    expect(outside('curl', '-sS', '--max-time', '60', 'http://198.51.100.2:8080/')).toBe(await ownAddress('secret', 'h2'));
    await server.close();
  });
});
