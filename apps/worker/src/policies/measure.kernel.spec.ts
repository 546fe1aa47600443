import { TestNamespace } from '@netyard/testing';
import { bridgeLinkName, type DesiredPolicy, type DesiredPolicyRule } from '@netyard/contracts';
import { PolicyRules, type PolicyMember } from '@netyard/policy';
import { test } from 'vitest';
import { Firewall } from '../firewall/firewall';
import { networkId, policy } from '../testing/desired';
import { Policies } from './policies';

const R = (over: Partial<DesiredPolicyRule>): DesiredPolicyRule => ({ action: 'deny', protocol: 'any', ports: [], from: null, to: null, direction: 'both', ...over });
const role = (net: number, n: number) => ({ endpoints: [], networkId: networkId(net), labels: { role: `r${n}` }, cidrs: [] });
const member = (n: number, net: number, r: number): PolicyMember => ({ endpointId: `e-${n}`, name: `e${n}`, labels: { role: `r${r}`, x: 'y' }, networkId: networkId(net), networkName: `n${net}`, bridge: bridgeLinkName(networkId(net)), addresses: [`10.${net}.${n >> 8}.${n & 255}`, `2001:db8:${net}::${n.toString(16)}`], macAddress: `02:00:00:00:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}` });
const ms = <T>(what: string, work: () => T): T => { const t = performance.now(); const r = work(); console.error(what, (performance.now() - t).toFixed(1), 'ms'); return r; };

function run(name: string, members: PolicyMember[], policies: DesiredPolicy[], extra: (n: number) => PolicyMember) {
  console.error(`== ${name}: ${members.length} members, ${policies.length} policies`);
  for (let i = 0; i < 2; i++) {
    const rules = new PolicyRules();
    ms('compile', () => { for (const m of members) rules.upsertMember(m); for (const p of policies) rules.upsertPolicy(p); rules.takeChange(); });
    if (i === 0) console.error({ chains: rules.ruleset.chains.size, maps: rules.ruleset.maps.size, elements: [...rules.ruleset.maps.values()].reduce((n, m) => n + m.entries.size, 0), views: [...rules.views.values()].slice(0, 1).map((v) => v.size) });
  }
  const ns = new TestNamespace('measure');
  try {
    ns.inside(() => {
      const firewall = Firewall.open();
      const p = new Policies(firewall);
      for (let i = 0; i < 3; i++) ms('element of another set, before', () => firewall.nft.runScript(`add element inet netyard bridges { "y${i}" }`));
      for (const m of members) p.upsertMember(m);
      for (const q of policies) p.upsertPolicy(q);
      const before = process.memoryUsage();
      global.gc?.();
      ms('commit all', () => p.commit());
      const after = process.memoryUsage();
      console.error('rss +', ((after.rss - before.rss) / 1e6).toFixed(1), 'MB heap +', ((after.heapUsed - before.heapUsed) / 1e6).toFixed(1));
      for (let i = 0; i < 3; i++) ms('element of another set', () => firewall.nft.runScript(`add element inet netyard bridges { "x${i}" }`));
      ms('acknowledge alone', () => firewall.acknowledge());
      ms('commit nothing', () => p.commit());
      for (let i = 0; i < 3; i++) ms('join one', () => { p.upsertMember(extra(i)); p.commit(); });
      ms('join 100', () => { for (let i = 10; i < 110; i++) { p.upsertMember(extra(i)); p.commit(); } });
      ms('join unpoliced ×1000', () => { for (let i = 0; i < 1000; i++) { p.upsertMember({ ...extra(2000 + i), networkId: networkId(250), bridge: 'ny-none' }); p.commit(); } });
      ms('refresh', () => console.error('drift:', p.refresh()));
      const [first] = policies;
      if (first) ms('change one policy', () => { p.upsertPolicy({ ...first, rules: [...first.rules, R({ protocol: 'icmp' })] }); p.commit(); });
      ms('rebuild', () => firewall.rebuild());
      ms('counters', () => p.counters(first?.id ?? ''));
      ms('preview', () => first && p.preview(first));
      for (const q of policies) p.removePolicy(q.id);
      ms('remove all', () => p.commit());
      firewall.close();
    });
  } finally { ns.close(); }
}

test('measure', () => {
  const rulesOf = (net: number, i: number) => Array.from({ length: 5 }, (_, k) => R({ protocol: 'tcp', ports: [String(1000 + i), `${8000 + k * 10}-${8005 + k * 10}`], from: role(net, (i + k) % 100), to: role(net, (i * 7 + k * 3) % 100), action: k % 2 ? 'allow' : 'deny' }));
  run('A one network', Array.from({ length: 1000 }, (_, n) => member(n + 2, 1, n % 100)), Array.from({ length: 100 }, (_, i) => policy(i + 1, 1, { rules: rulesOf(1, i) })), (n) => member(3000 + n, 1, n % 100));
  run('B 100 networks', Array.from({ length: 1000 }, (_, n) => member(n + 2, n % 100 + 1, n % 10)), Array.from({ length: 100 }, (_, i) => policy(i + 1, i + 1, { rules: rulesOf(i + 1, i).map((r, k) => ({ ...r, from: role(i + 1, k), to: role(i + 1, k + 1) })) })), (n) => member(3000 + n, 1, n % 10));
  run('C default deny, any→role', Array.from({ length: 1000 }, (_, n) => member(n + 2, 1, n % 100)), Array.from({ length: 100 }, (_, i) => policy(i + 1, 1, { defaultAction: 'deny', rules: rulesOf(1, i).map((r, k) => (k === 0 ? { ...r, from: null } : r)) })), (n) => member(3000 + n, 1, n % 100));
  run('D 1000 distinct names', Array.from({ length: 1000 }, (_, n) => member(n + 2, 1, n % 100)), Array.from({ length: 100 }, (_, i) => policy(i + 1, 1, { defaultAction: 'deny', rules: Array.from({ length: 10 }, (_, k) => R({ action: 'allow', protocol: 'tcp', ports: ['80'], from: { ...role(1, 0), labels: null, endpoints: [`e${i * 10 + k + 2}`] }, to: role(1, i) })) })), (n) => member(3000 + n, 1, n % 100));
}, 120000);
