import {
  bridgeLinkName,
  type DesiredEndpoint,
  type DesiredPolicy,
  type DesiredPolicyRule,
  type DesiredPolicySelector,
  type InquiryId,
  type InquiryQuestion,
} from '@netyard/contracts';
import { writeSysctl } from '@netyard/netlink';
import { TestNamespace } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dualStackNetwork, endpoint, networkId, policy, policyId, port, sandbox, sandboxId } from '../testing/desired';
import { briefly, Echo } from '../testing/echo';
import { TestHost } from '../testing/test-host';

let host: TestHost;
let echo: Echo;

beforeEach(async () => {
  host = await TestHost.start();
  echo = new Echo();
});

afterEach(async () => {
  await echo.close();
  await host.close();
});

const bridge = (number: number): string => bridgeLinkName(networkId(number));
const v4 = (number: number, network: number): string => `198.18.${network}.${number + 1}`;
const v6 = (number: number, network: number): string => `2001:db8:${network}::${number + 1}`;
const linkLocal = (number: number): string => `fe80::ff:fe00:${number}`;
const inside = (number: number): string => host.sandboxPath(sandboxId(number));

/** Endpoint n with addresses of both families. */
const member = (number: number, network: number, over: Partial<DesiredEndpoint> = {}): DesiredEndpoint =>
  endpoint(number, network, { addresses: [`${v4(number, network)}/24`, `${v6(number, network)}/64`], ...over });

const rule = (over: Partial<DesiredPolicyRule>): DesiredPolicyRule => ({
  action: 'deny',
  protocol: 'any',
  ports: [],
  from: null,
  to: null,
  direction: 'both',
  ...over,
});
const selector = (network: number, over: Partial<DesiredPolicySelector>): DesiredPolicySelector => ({
  endpoints: [],
  networkId: networkId(network),
  labels: null,
  cidrs: [],
  ...over,
});
const named = (...names: number[]): DesiredPolicySelector => selector(1, { endpoints: names.map((number) => `endpoint-${number}`) });

/** Makes networks with their members, and servers on ports 80, 5432 and 8050 in each sandbox. */
async function topology(members: DesiredEndpoint[], networks = [dualStackNetwork(1)]): Promise<void> {
  const numbers = members.map(({ sandboxId: id }) => Number.parseInt(id?.slice(-10) ?? '', 16));
  await host.realise(...networks, ...numbers.map((number) => sandbox(number)), ...members);
  for (const number of numbers) await echo.serve(inside(number), 80, 5432, 8050);
}

/** What the worker answers to the API's question. */
async function ask(question: InquiryQuestion) {
  const id = `0192d3a0-0000-7000-8000-10${String(host.messages.length).padStart(10, '0')}` as InquiryId;
  host.upsert({ kind: 'inquiry', id, generation: 1, name: 'question', deleted: false, expiresAt: '2100-01-01T00:00:00Z', question });
  const answer = () =>
    host.messages.flatMap((message) => (message.type === 'report' ? message.inquiries : [])).find((inquiry) => inquiry.id === id);
  await host.until('an answer', () => answer() !== undefined);
  expect(answer()?.error).toBeNull();
  return answer()?.answer;
}

async function countersOf(number: number) {
  const answer = await ask({ type: 'policy-counters', policyId: policyId(number) });
  if (answer?.type !== 'policy-counters') throw new Error('that is no answer');
  return { rules: answer.counters.rules.map(({ packets }) => packets), defaultDenied: answer.counters.defaultDenied.packets };
}

async function previewOf(policy: DesiredPolicy) {
  const answer = await ask({ type: 'policy-preview', policy });
  if (answer?.type !== 'policy-preview') throw new Error('that is no answer');
  return answer.preview;
}

describe('on one bridge', () => {
  test('denies ports by name and label, for both families, and leaves the rest and the answers alone; counts', async () => {
    await topology([member(1, 1), member(2, 1, { labels: { role: 'db' } }), member(3, 1)]);
    await host.realise(
      policy(1, 1, {
        rules: [rule({ protocol: 'tcp', ports: ['5432', '8000-8100'], from: named(1), to: selector(1, { labels: { role: 'db' } }) })],
      }),
    );
    for (const address of [v4(2, 1), v6(2, 1), `${linkLocal(2)}%eth0`]) {
      expect(await echo.reaches(inside(1), 'tcp', address, 5432, briefly)).toBe(false);
      expect(await echo.reaches(inside(1), 'tcp', address, 8050, briefly)).toBe(false);
      expect(await echo.reaches(inside(1), 'tcp', address, 80)).toBe(true);
      expect(await echo.reaches(inside(1), 'udp', address, 5432)).toBe(true);
      expect(await echo.reaches(inside(3), 'tcp', address, 5432)).toBe(true);
    }
    for (const address of [v4(1, 1), v6(1, 1), `${linkLocal(1)}%eth0`])
      expect(await echo.reaches(inside(2), 'tcp', address, 5432)).toBe(true);
    expect(host.pings(1, v4(2, 1))).toBe(true);
    const { rules, defaultDenied } = await countersOf(1);
    expect(rules[0]).toBeGreaterThanOrEqual(6);
    expect(defaultDenied).toBe(0);
  });

  test('denies within a bridge also where the host keeps bridged packets from nftables', async () => {
    for (const version of ['iptables', 'ip6tables']) host.namespace.inside(() => writeSysctl(`net/bridge/bridge-nf-call-${version}`, '0'));
    await topology([member(1, 1), member(2, 1)]);
    await host.realise(policy(1, 1, { rules: [rule({ protocol: 'tcp', ports: ['80'] })] }));
    for (const address of [v4(2, 1), v6(2, 1)]) {
      expect(await echo.reaches(inside(1), 'tcp', address, 80, briefly)).toBe(false);
      expect(await echo.reaches(inside(1), 'tcp', address, 5432)).toBe(true);
    }
  });

  test('denies by default but for what rules allow, and never neighbour discovery', async () => {
    await topology([member(1, 1), member(2, 1, { labels: { role: 'web', tier: 'front' } }), member(3, 1, { labels: { role: 'web' } })]);
    await host.realise(
      policy(1, 1, {
        defaultAction: 'deny',
        rules: [
          rule({ action: 'allow', protocol: 'tcp', ports: ['80'], to: selector(1, { labels: { role: 'web', tier: 'front' } }) }),
          rule({ action: 'allow', protocol: 'icmp', from: named(1) }),
          rule({ action: 'allow', protocol: 'udp', ports: ['8050'], to: selector(1, { cidrs: [`${v4(3, 1)}/32`] }) }),
        ],
      }),
    );
    for (const address of [v4(2, 1), v6(2, 1)]) {
      expect(await echo.reaches(inside(1), 'tcp', address, 80)).toBe(true);
      expect(await echo.reaches(inside(1), 'tcp', address, 5432, briefly)).toBe(false);
      expect(host.pings(1, address)).toBe(true);
    }
    for (const address of [v4(3, 1), v6(3, 1)]) {
      expect(await echo.reaches(inside(1), 'tcp', address, 80, briefly)).toBe(false);
      const isAllowed = address === v4(3, 1);
      expect(await echo.reaches(inside(1), 'udp', address, 8050, isAllowed ? undefined : briefly)).toBe(isAllowed);
      expect(host.pings(2, address, 1)).toBe(false);
    }
    const { rules, defaultDenied } = await countersOf(1);
    expect(rules).toEqual([2, expect.any(Number), 1]);
    expect(rules[1]).toBeGreaterThanOrEqual(2);
    expect(defaultDenied).toBeGreaterThanOrEqual(5);
  });

  test('lets the first rule decide, of the policy with the lowest priority first', async () => {
    await topology([member(1, 1), member(2, 1)]);
    const deny = policy(1, 1, {
      priority: 5,
      rules: [rule({ protocol: 'tcp', ports: ['80'] }), rule({ action: 'allow', protocol: 'tcp', ports: ['80'] })],
    });
    await host.realise(deny);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80, briefly)).toBe(false);
    await host.realise(policy(2, 1, { priority: 6, rules: [rule({ action: 'allow' })] }));
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80, briefly)).toBe(false);
    await host.realise(policy(2, 1, { generation: 2, priority: 4, rules: [rule({ action: 'allow' })] }));
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80)).toBe(true);
    expect((await countersOf(2)).rules).toEqual([1]);
  });

  test('knows endpoints that join later, others by their labels as they are now, and forgets those that leave', async () => {
    await host.realise(policy(1, 1, { rules: [rule({ protocol: 'tcp', ports: ['80'], to: selector(1, { labels: { role: 'db' } }) })] }));
    await topology([member(1, 1), member(2, 1, { labels: { role: 'db' } })]);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80, briefly)).toBe(false);
    await host.realise(member(2, 1, { generation: 2, labels: { role: 'web' } }));
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80)).toBe(true);
    await host.realise(member(2, 1, { generation: 3, labels: { role: 'db' } }));
    expect(await echo.reaches(inside(1), 'tcp', v6(2, 1), 80, briefly)).toBe(false);
    expect(host.namespace.run('nft', 'list', 'ruleset')).toContain(`"${bridge(1)}" . ${v4(2, 1)} :`);
    const left = member(2, 1, { generation: 4, sandboxId: null });
    host.upsert(left);
    await host.gone(left);
    expect(host.namespace.run('nft', 'list', 'ruleset')).not.toContain(`"${bridge(1)}" . ${v4(2, 1)} :`);
  });
});

describe('between networks', () => {
  const two = [dualStackNetwork(1), dualStackNetwork(2)];

  test('opens what a rule of the destination allows, unless the source denies it', async () => {
    await topology([member(1, 1), member(2, 2), member(3, 2)], two);
    await host.realise(policy(1, 1, { rules: [rule({ action: 'allow', protocol: 'tcp' })] }));
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 2), 80, briefly)).toBe(false);
    await host.realise(
      policy(2, 2, { rules: [rule({ action: 'allow', protocol: 'tcp', ports: ['80'], from: selector(1, { labels: {} }), to: named(2) })] }),
    );
    for (const address of [v4(2, 2), v6(2, 2)]) {
      expect(await echo.reaches(inside(1), 'tcp', address, 80)).toBe(true);
      expect(await echo.reaches(inside(1), 'tcp', address, 5432, briefly)).toBe(false);
      expect(await echo.reaches(inside(1), 'udp', address, 80, briefly)).toBe(false);
    }
    expect(await echo.reaches(inside(1), 'tcp', v4(3, 2), 80, briefly)).toBe(false);
    expect(await echo.reaches(inside(2), 'udp', v4(1, 1), 80, briefly)).toBe(false);
    await host.realise(policy(1, 1, { generation: 2, rules: [rule({ direction: 'egress', to: selector(2, { labels: {} }) })] }));
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 2), 80, briefly)).toBe(false);
  });

  test('does not open an internal network', async () => {
    await topology([member(1, 1), member(2, 2)], [dualStackNetwork(1), dualStackNetwork(2, { internal: true })]);
    await host.realise(policy(2, 2, { rules: [rule({ action: 'allow' })] }));
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 2), 80, briefly)).toBe(false);
  });
});

describe('to and from outside', () => {
  let outside: TestNamespace;

  beforeEach(async () => {
    outside = new TestNamespace('outside');
    host.namespace.run('ip', 'link', 'add', 'uplink', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', outside.name);
    for (const address of ['203.0.113.1/24', '2001:db8:ffff::1/64'])
      host.namespace.run('ip', 'address', 'add', address, 'dev', 'uplink', 'nodad');
    host.namespace.run('ip', 'link', 'set', 'uplink', 'up');
    for (const address of ['203.0.113.9/24', '203.0.113.10/24', '2001:db8:ffff::9/64'])
      outside.run('ip', 'address', 'add', address, 'dev', 'eth0', 'nodad');
    outside.run('ip', 'link', 'set', 'eth0', 'up');
    outside.run('ip', 'route', 'add', '198.18.0.0/16', 'via', '203.0.113.1');
    outside.run('ip', 'route', 'add', '2001:db8::/32', 'via', '2001:db8:ffff::1');
    // A new link takes its time to be fit for IPv6.
    host.namespace.run('ping', '-c1', '-w10', '-i0.2', '2001:db8:ffff::9');
    await echo.serve(outside.path, 80, 5432);
  });

  afterEach(() => outside.close());

  test('denies by prefix in both directions, published ports included, and reaches the host itself no more than allowed', async () => {
    await topology([member(1, 1)]);
    await host.realise(port(1, 1));
    await echo.serve(host.namespace.path, 80);
    for (const address of ['203.0.113.9', '2001:db8:ffff::9']) expect(await echo.reaches(inside(1), 'tcp', address, 80)).toBe(true);
    expect(await echo.reaches(outside.path, 'tcp', '203.0.113.1', 8001)).toBe(true);
    expect(await echo.reaches(inside(1), 'tcp', '198.18.1.1', 80)).toBe(true);
    await host.realise(
      policy(1, 1, {
        rules: [
          rule({ action: 'allow', direction: 'egress', protocol: 'tcp', ports: ['80'], to: selector(1, { cidrs: ['203.0.113.10/32'] }) }),
          rule({ direction: 'egress', to: selector(1, { cidrs: ['203.0.113.0/24', '2001:db8:ffff::/48', '198.18.1.1/32'] }) }),
        ],
      }),
    );
    for (const address of ['203.0.113.9', '2001:db8:ffff::9', '198.18.1.1'])
      expect(await echo.reaches(inside(1), 'tcp', address, 80, briefly)).toBe(false);
    expect(await echo.reaches(inside(1), 'tcp', '203.0.113.10', 80)).toBe(true);
    expect(await echo.reaches(inside(1), 'tcp', '203.0.113.10', 5432, briefly)).toBe(false);
    expect(await echo.reaches(outside.path, 'tcp', '203.0.113.1', 8001)).toBe(true);
    await host.realise(
      policy(2, 1, {
        rules: [rule({ direction: 'ingress', from: selector(1, { cidrs: ['203.0.113.0/24'] }), protocol: 'tcp', ports: ['80'] })],
      }),
    );
    expect(await echo.reaches(outside.path, 'tcp', '203.0.113.1', 8001, briefly)).toBe(false);
    expect(await echo.reaches(outside.path, 'tcp', v6(1, 1), 80)).toBe(true);
    expect(await echo.reaches(host.namespace.path, 'tcp', v4(1, 1), 80)).toBe(true);
  });
});

describe('present flows', () => {
  test('are cut when a policy denies them, those that the dry run has named, and begin anew from neither end', async () => {
    await host.realise(dualStackNetwork(1), sandbox(1), sandbox(2), member(1, 1), member(2, 1));
    const push = await echo.serve(inside(2), 80, 5432);
    const flows = {
      tcp4: echo.connect(inside(1), 'tcp', v4(2, 1), 5432),
      tcp6: echo.connect(inside(1), 'tcp', v6(2, 1), 5432),
      udp: echo.connect(inside(1), 'udp', v4(2, 1), 5432),
      other: echo.connect(inside(1), 'tcp', v4(2, 1), 80),
    };
    for (const say of Object.values(flows)) expect(await say('one')).toBe('one');
    const denying = policy(1, 1, {
      rules: [rule({ action: 'allow', protocol: 'udp', ports: ['1-79'] }), rule({ ports: ['5432'], from: named(1), to: named(2) })],
    });
    const preview = await previewOf(denying);
    expect(
      preview.cut.map(({ protocol, source, destination, destinationPort }) => [protocol, source, destination, destinationPort]).sort(),
    ).toEqual(
      [
        ['tcp', v6(1, 1), v6(2, 1), 5432],
        ['tcp', v4(1, 1), v4(2, 1), 5432],
        ['udp', v4(1, 1), v4(2, 1), 5432],
      ].sort(),
    );
    expect(preview.cut[0]).toMatchObject({ sourceEndpoint: 'endpoint-1', destinationEndpoint: 'endpoint-2', policy: 'policy-1', rule: 1 });
    expect(preview).toMatchObject({ cutCount: 3, flowCount: expect.any(Number) });
    for (const say of Object.values(flows)) expect(await say('two')).toBe('two');
    await host.realise(denying);
    expect(await push()).toBe('pushed');
    expect([await flows.tcp4('?', briefly), await flows.tcp6('?', briefly), await flows.udp('?', briefly)]).toEqual(['.', '.', '.']);
    expect([await flows.tcp4('three', briefly), await flows.tcp6('three', briefly), await flows.udp('three', briefly)]).toEqual([
      '.',
      '.',
      '.',
    ]);
    expect(await flows.other('three')).toContain('three');
    expect((await previewOf(denying)).cut).toEqual([]);
    const allowing = { ...denying, generation: 2, rules: [] };
    await host.realise(allowing);
    expect(await flows.udp('four')).toContain('four');
  });

  test('to another network and to the host itself are cut as well', async () => {
    await topology([member(1, 1), member(2, 2)], [dualStackNetwork(1), dualStackNetwork(2)]);
    const push = await echo.serve(host.namespace.path, 80);
    const allowing = policy(2, 2, { rules: [rule({ action: 'allow', from: selector(1, { labels: {} }) })] });
    await host.realise(allowing);
    const across = echo.connect(inside(1), 'tcp', v4(2, 2), 80);
    const toHost = echo.connect(inside(1), 'tcp', '198.18.1.1', 80);
    expect([await across('one'), await toHost('one')]).toEqual(['one', 'one']);
    expect((await previewOf({ ...allowing, rules: [] })).cut).toMatchObject([{ destination: v4(2, 2), rule: null }]);
    host.upsert({ ...allowing, generation: 2, deleted: true });
    await host.realise(policy(1, 1, { rules: [rule({ to: selector(1, { cidrs: ['198.18.1.1/32'] }) })] }));
    await push();
    expect([await across('two', briefly), await toHost('?', briefly), await toHost('two', briefly)]).toEqual(['.', '.', '.']);
  });
});

describe('the rules', () => {
  /** Without the sources whose flows are being counted, which packets bring in. */
  const rulesOf = (): string => {
    try {
      return host.namespace.run('nft', 'list', 'table', 'inet', 'netyard').replaceAll(/\n\t+elements = \{[^}]*ct count over[^}]*\}/g, '');
    } catch {
      return 'there is no such table';
    }
  };
  const some = policy(1, 1, {
    defaultAction: 'deny',
    rules: [rule({ action: 'allow', protocol: 'tcp', ports: ['80'], to: selector(1, { labels: { role: 'web' } }) })],
  });

  test('are gone without a trace when the last policy has gone', async () => {
    await topology([member(1, 1), member(2, 1, { labels: { role: 'web' } })]);
    const before = rulesOf();
    await host.realise(some);
    const flow = echo.connect(inside(1), 'tcp', v4(2, 1), 80);
    expect(await flow('one')).toBe('one');
    await host.realise({ ...some, generation: 2, rules: [] });
    expect(rulesOf()).not.toBe(before);
    const gone = { ...some, generation: 3, deleted: true };
    host.upsert(gone);
    await host.gone(gone);
    expect(rulesOf()).toBe(before);
  });

  test('stay in force while the worker is away and comes back, and keep their counts', async () => {
    const members = [member(1, 1), member(2, 1, { labels: { role: 'web' } })];
    await topology(members);
    await host.realise(some);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80)).toBe(true);
    await host.kill();
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 5432, briefly)).toBe(false);
    const facts = (): number => host.messages.filter(({ type }) => type === 'facts').length;
    const before = facts();
    host.startProcess();
    await host.until('facts', () => facts() > before);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 5432, briefly)).toBe(false);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80)).toBe(true);
    const all = [dualStackNetwork(1), sandbox(1), sandbox(2), ...members, some];
    host.snapshot(...all);
    await host.ready(...all);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80)).toBe(true);
    expect((await countersOf(1)).rules).toEqual([3]);
  });

  test('keep the counts of rules that stay, at another place too, and begin at zero for those that change', async () => {
    await topology([member(1, 1), member(2, 1, { labels: { role: 'web' } })]);
    await host.realise(some);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80)).toBe(true);
    const first = some.rules[0] ?? rule({});
    await host.realise({ ...some, generation: 2, rules: [rule({ protocol: 'icmp' }), first] });
    expect((await countersOf(1)).rules).toEqual([0, 1]);
    await host.realise({ ...some, generation: 3, rules: [{ ...first, ports: ['80', '81'] }, first] });
    expect((await countersOf(1)).rules).toEqual([0, 1]);
  });

  test.each([
    [
      'an entry',
      () => host.namespace.run('nft', 'delete', 'element', 'inet', 'netyard', mapOf('to-ipv4'), `{ "${bridge(1)}" . ${v4(2, 1)} }`),
    ],
    ['a rule', () => host.namespace.run('nft', 'flush', 'chain', 'inet', 'netyard', 'policies')],
    ['all', () => host.namespace.run('nft', 'flush', 'ruleset')],
  ])('are put back when somebody takes away %s, with their counts', async (_, takeAway) => {
    const all = [dualStackNetwork(1), sandbox(1), sandbox(2), member(1, 1), member(2, 1, { labels: { role: 'web' } }), some];
    host.snapshot(...all);
    await host.ready(...all);
    await echo.serve(inside(2), 80, 5432);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80)).toBe(true);
    expect((await countersOf(1)).rules).toEqual([1]);
    const before = rulesOf();
    takeAway();
    host.snapshot(...all);
    await host.until('repaired', () => host.events.some(({ reason, kind }) => reason === 'DriftRepaired' && kind === 'host'));
    await expect.poll(() => sortedLines(rulesOf())).toEqual(sortedLines(before));
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 80)).toBe(true);
    expect(await echo.reaches(inside(1), 'tcp', v4(2, 1), 5432, briefly)).toBe(false);
    expect((await countersOf(1)).rules).toEqual([2]);
  });

  /** The one map with that ending that has entries. */
  const mapOf = (ending: string): string => new RegExp(`map (p-\\S+-${ending}) \\{[^}]*elements`).exec(rulesOf())?.[1] ?? 'none';
});

/** Chains are listed in the order in which they were made. */
const sortedLines = (text: string): string[] => text.split('\n').sort();
