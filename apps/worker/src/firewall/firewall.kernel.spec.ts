import { driverFor, type RuleElementObject, type Step } from '@netyard/drivers';
import { NftContext, NftError } from '@netyard/nftables';
import { TestNamespace } from '@netyard/testing';
import { vethLinkName } from '@netyard/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dualStackNetwork, endpoint, endpointId, port, portId, sandbox } from '../testing/desired';
import { Firewall } from './firewall';

const joined = {
  network: dualStackNetwork(1),
  sandbox: sandbox(1),
  endpoint: endpoint(1, 1, { addresses: ['198.18.1.2/24', '2001:db8:1::2/64'] }),
};
const bridge = driverFor('bridge');
const elements = (...objects: object[]): RuleElementObject[] => objects as RuleElementObject[];
/** An element in every set and map. */
const everything = elements(
  ...[
    ...bridge.network(joined.network),
    ...bridge.network(dualStackNetwork(2, { internal: true })),
    ...bridge.network(dualStackNetwork(3, { options: { isolateEndpoints: true } })),
    ...bridge.join(joined),
    ...['0.0.0.0', '192.0.2.1', '::', '2001:db8::1'].flatMap((hostAddress, index) =>
      bridge.publish(
        joined,
        port(index + 1, 1, {
          hostAddress,
          allowedSources: hostAddress.includes(':') ? ['2001:db8:2::/48', '2001:db8:3::1/128'] : ['10.0.0.0/8', '192.0.2.7/32'],
        }),
      ),
    ),
  ].filter(({ kind }) => kind === 'rule-element'),
);
/** In the thread's namespace, with a context that lives as long as the namespace. */
function openFirewall(maxFlows: number | null = null): Firewall {
  const context = NftContext.open();
  return Firewall.open(() => context, maxFlows);
}
const adding = (objects: RuleElementObject[]): Step[] => objects.map((object) => ({ verb: 'add', object }));
const removing = (objects: RuleElementObject[]): Step[] => objects.map((object) => ({ verb: 'remove', object }));

describe('the firewall', () => {
  let host: TestNamespace;
  let firewall: Firewall;
  const ruleset = (): string => host.run('nft', '-s', 'list', 'ruleset').split('\n').sort().join('\n');
  const inHost = <T>(work: () => T): T => host.inside(work);

  beforeEach(() => {
    host = new TestNamespace('firewall');
    firewall = inHost(() => openFirewall());
  });
  afterEach(() => {
    firewall.close();
    host.close();
  });

  it('has as many rules with everything in its sets as with nothing', () => {
    const rules = (): number =>
      JSON.parse(host.run('nft', '-j', 'list', 'ruleset')).nftables.filter((object: object) => 'rule' in object).length;
    const before = rules();
    firewall.apply(adding(everything));
    expect(rules()).toBe(before);
    expect(before).toBeGreaterThan(20);
  });

  it.each([
    { name: 'as many as it is told to', in: 100, want: 'ct count over 100' },
    { name: 'a 32nd of what the kernel tracks', in: null, want: /ct count over \d+/ },
    { name: 'no flows', in: 0, want: /^(?!.*ct count)/s },
  ])('bounds the flows of an address: $name', ({ in: maxFlows, want }) => {
    firewall.close();
    firewall = inHost(() => openFirewall(maxFlows));
    expect(host.run('nft', 'list', 'chain', 'inet', 'netyard', 'bound')).toMatch(want);
  });

  it('finds and removes what belongs to one owner', () => {
    firewall.apply(adding(everything));
    expect(firewall.elementsOf(portId(1)).map(({ set }) => set)).toEqual(['restricted4', 'sources4', 'sources4', 'ports4']);
    expect(new Set(firewall.elementsOf(vethLinkName(endpointId(1))).map(({ set }) => set))).toEqual(
      new Set(['guarded', 'macs', 'senders4', 'senders6', 'targets6']),
    );
    const empty = inHost(() => firewall.owners().length);
    firewall.apply(removing(firewall.elementsOf(portId(1))));
    expect(firewall.owners()).toHaveLength(empty - 1);
    expect(host.run('nft', 'list', 'table', 'inet', 'netyard')).not.toContain(portId(1));
  });

  it.each([
    'flush ruleset',
    'delete table inet netyard',
    'delete table bridge netyard',
    'flush chain inet netyard forward',
    'flush set inet netyard sources6',
    'flush set bridge netyard targets6',
    'delete element inet netyard ports4 { tcp . 8001 }',
    'add element inet netyard ports4 { tcp . 9999 : 198.18.1.2 . 80 }',
    'add element bridge netyard senders4 { "nyv00000001" . 02:00:00:00:00:01 . 198.18.1.99 }',
    'add rule inet netyard forward accept',
    'insert rule inet netyard policies accept',
    'add chain inet netyard more',
    'chain inet netyard forward { policy drop; }',
    'flush ruleset; add table inet netyard',
  ])('puts back what `nft %s` has changed, all in one', (change) => {
    firewall.apply(adding(everything));
    const before = ruleset();
    expect(firewall.refresh(true)).toBe(false);
    host.run('nft', change);
    expect(ruleset()).not.toBe(before);
    expect(firewall.refresh(true)).toBe(true);
    expect(ruleset()).toBe(before);
    expect(firewall.refresh(true)).toBe(false);
  });

  it('looks at all sets in as many rounds as there are sets', () => {
    firewall.apply(adding(everything));
    host.run('nft', 'delete element inet netyard restricted6 { tcp . 8003 }');
    const rounds = Array.from({ length: 30 }, () => firewall.refresh());
    expect(rounds.filter(Boolean)).toHaveLength(1);
    expect(host.run('nft', 'list', 'set', 'inet', 'netyard', 'restricted6')).toContain('tcp . 8003');
  });

  it('puts back with the tables what others keep in them', () => {
    firewall.include(() => 'table inet netyard { chain p-own { counter accept; }; chain policies { goto p-own; }; }\n');
    firewall.rebuild();
    host.run('nft', 'flush ruleset');
    expect(firewall.refresh()).toBe(true);
    expect(host.run('nft', 'list', 'chain', 'inet', 'netyard', 'policies')).toContain('goto p-own');
  });

  it('takes over what an earlier one has left, and leaves strangers’ tables alone', () => {
    host.run('nft', 'table ip mine { chain c { accept; }; }');
    firewall.apply(adding(everything));
    const before = ruleset();
    firewall.close();
    firewall = inHost(() => openFirewall());
    expect(ruleset()).toBe(before);
    expect(firewall.owners().sort()).toEqual([...new Set(everything.map(({ owner }) => owner))].sort());
    for (const owner of firewall.owners()) firewall.apply(removing(firewall.elementsOf(owner)));
    expect(ruleset()).not.toContain('comment');
    expect(ruleset()).toContain('table ip mine');
  });

  it('changes all or nothing, and says what was refused', () => {
    firewall.apply(adding(everything));
    const before = ruleset();
    // It lies within 10.0.0.0/8.
    const wrong: RuleElementObject = { kind: 'rule-element', set: 'sources4', key: ['tcp', '8001', '10.1.0.0/16'], owner: 'other' };
    const right: RuleElementObject = { kind: 'rule-element', set: 'guarded', key: ['nyv00000002'], owner: 'nyv00000002' };
    expect(() => firewall.apply(adding([right, wrong]))).toThrow(NftError);
    expect(() => firewall.apply(adding([right, wrong]))).toThrow('sources4 { tcp . 8001 . 10.1.0.0/16 }: EEXIST');
    expect(ruleset()).toBe(before);
    expect(firewall.elementsOf('nyv00000002')).toEqual([]);
  });

  it('changes what somebody has taken away meanwhile', () => {
    firewall.apply(adding(everything));
    host.run('nft', 'flush ruleset');
    const [one] = everything;
    firewall.apply(removing(one ? [one] : []));
    expect(firewall.refresh(true)).toBe(false);
    expect(host.run('nft', 'list', 'map', 'inet', 'netyard', 'ports4')).toContain('198.18.1.2 . 80');
  });

  it('lets an entry lead elsewhere in place, and repeats nothing', () => {
    firewall.apply(adding(everything));
    const moved = elements({ kind: 'rule-element', set: 'ports4', key: ['tcp', '8001'], value: ['198.18.1.3', '81'], owner: portId(1) });
    firewall.apply(adding(moved));
    firewall.apply(adding(moved));
    firewall.apply(removing(elements({ ...moved[0], key: ['tcp', '7'] })));
    expect(host.run('nft', 'list', 'map', 'inet', 'netyard', 'ports4')).toMatch(/tcp \. 8001 comment "[^"]+" : 198\.18\.1\.3 \. 81/);
    expect(firewall.refresh(true)).toBe(false);
  });
});
