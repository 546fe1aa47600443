import type { InquiryId, InquiryReport, SandboxStack } from '@netyard/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, endpointId, sandbox, sandboxId } from '../testing/desired';
import { TestHost } from '../testing/test-host';

let host: TestHost;
beforeEach(async () => {
  host = await TestHost.start();
});
afterEach(() => host.close());

async function report(number: number): Promise<InquiryReport> {
  const id = `0192d3a0-0000-7000-8000-20${String(host.messages.length).padStart(10, '0')}` as InquiryId;
  const question = { type: 'sandbox-stack', sandboxId: sandboxId(number) } as const;
  host.upsert({ kind: 'inquiry', id, generation: 1, name: 'question', deleted: false, expiresAt: '2100-01-01T00:00:00Z', question });
  const found = () =>
    host.messages.flatMap((message) => (message.type === 'report' ? message.inquiries : [])).find((inquiry) => inquiry.id === id);
  await host.until('an answer', () => found() !== undefined);
  return found() as InquiryReport;
}

async function stackOf(number: number): Promise<SandboxStack> {
  const { answer, error } = await report(number);
  expect(error).toBeNull();
  if (answer?.type !== 'sandbox-stack') throw new Error('that is no answer');
  return answer.stack;
}

describe('the stack of a sandbox', () => {
  const both = endpoint(1, 1, { addresses: ['198.18.1.2/24', '2001:db8:1::2/64'] });

  it('is told as the kernel has it: links, addresses, routes and neighbours', async () => {
    await host.realise(dualStackNetwork(1), sandbox(1), sandbox(2), both, endpoint(2, 1));
    expect(host.pings(1, '198.18.1.3')).toBe(true);
    const { links, routes, neighbours } = await stackOf(1);
    expect(links.map(({ name }) => name)).toEqual(['lo', 'eth0']);
    const eth0 = links.find(({ name }) => name === 'eth0');
    expect(eth0).toMatchObject({ kind: 'veth', up: true, endpointId: endpointId(1) });
    expect(eth0?.addresses).toEqual(expect.arrayContaining(['198.18.1.2/24', '2001:db8:1::2/64']));
    expect(eth0?.egress.packets).toBeGreaterThan(0);
    expect(routes).toEqual(
      expect.arrayContaining([
        { destination: '0.0.0.0/0', via: '198.18.1.1', link: 'eth0', metric: null, source: null, byKernel: false },
        expect.objectContaining({ destination: '198.18.1.0/24', via: null, link: 'eth0', byKernel: true }),
      ]),
    );
    expect(neighbours).toContainEqual(expect.objectContaining({ address: '198.18.1.3', link: 'eth0', macAddress: expect.any(String) }));
  });

  it('shows what others have made there, and no more of it than an answer can hold', async () => {
    await host.realise(dualStackNetwork(1), sandbox(1), both);
    host.runInSandbox(1, 'ip', 'link', 'add', 'mine', 'type', 'bridge');
    const routes = Array.from(
      { length: 1_100 },
      (_, n) => `route add blackhole 10.${n >> 8}.${n & 255}.0/24\nroute add 11.${n >> 8}.${n & 255}.0/24 dev eth0`,
    );
    host.runInSandbox(1, 'sh', '-c', `ip -batch - <<'END'\n${routes.join('\n')}\nEND`);
    const stack = await stackOf(1);
    expect(stack.links.find(({ name }) => name === 'mine')).toMatchObject({ kind: 'bridge', up: false, endpointId: null });
    expect(stack.routes).toHaveLength(1_000);
    expect(stack.routeCount).toBeGreaterThanOrEqual(1_100);
  });

  it('is refused for a sandbox that is not there, or has no namespace', async () => {
    expect((await report(9)).error).toContain('is not on this host');
    await host.realise(sandbox(1));
    host.send({ type: 'upsert', object: sandbox(2, { namespace: { type: 'adopted', path: '/run/netns/nowhere' } }) });
    await host.until('a failure', () => host.reports.get(sandboxId(2)) !== undefined);
    expect((await report(2)).error).toContain('/run/netns/nowhere');
  });
});
