import { RouteSocket } from '@netyard/netlink';
import { TestNamespace } from '@netyard/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listElements } from './element-listing';
import { changeElements, type ElementChange } from './element-transaction';
import { NftError } from './nft-context';

const table = { family: 'inet', table: 't' } as const;
const sets = `table inet t {
  chain one { }
  set links { type ifname; }
  set pairs { type ifname . ifname; }
  set macs { type ifname . ether_addr; }
  set targets { typeof iifname . @th,64,128; }
  set subnets4 { type ipv4_addr . ifname; flags interval; }
  set sources6 { type inet_proto . inet_service . ipv6_addr; flags interval; }
  map ports { type inet_proto . inet_service : ipv4_addr . inet_service; }
  map verdicts { type ifname . ipv6_addr : verdict; }
}`;

/** Elements of every kind, and how nft writes them. */
const cases: (Omit<ElementChange, 'verb' | 'in'> & { text: string })[] = [
  {
    set: 'links',
    keyTypes: ['ifname'],
    interval: false,
    elements: [{ key: ['ny-1'], comment: 'mine' }, { key: ['ny-2'] }],
    text: '"ny-1" comment "mine", "ny-2"',
  },
  {
    set: 'pairs',
    keyTypes: ['ifname', 'ifname'],
    interval: false,
    elements: [{ key: ['ny-1', 'ny-2'], comment: 'ny-1' }],
    text: '"ny-1" . "ny-2" comment "ny-1"',
  },
  {
    set: 'macs',
    keyTypes: ['ifname', 'ether_addr'],
    interval: false,
    elements: [{ key: ['nyv1', '02:00:00:aa:bb:cc'] }],
    text: '"nyv1" . 02:00:00:aa:bb:cc',
  },
  {
    set: 'targets',
    keyTypes: ['ifname', 'raw128'],
    interval: false,
    elements: [{ key: ['nyv1', '0x20010db8000000000000000000000001'] }],
    text: '"nyv1" . 0x20010db8000000000000000000000001',
  },
  {
    set: 'subnets4',
    keyTypes: ['ipv4_addr', 'ifname'],
    interval: true,
    elements: [{ key: ['192.0.2.0/24', 'ny-1'], comment: 'ny-1' }, { key: ['198.51.100.1', 'ny-2'] }],
    text: '192.0.2.0/24 . "ny-1" comment "ny-1", 198.51.100.1 . "ny-2"',
  },
  {
    set: 'sources6',
    keyTypes: ['inet_proto', 'inet_service', 'ipv6_addr'],
    interval: true,
    elements: [{ key: ['udp', '53', '2001:db8::/32'] }, { key: ['132', '9', '::/0'] }],
    text: 'udp . 53 . 2001:db8::/32, sctp . 9 . ::/0',
  },
  {
    set: 'ports',
    keyTypes: ['inet_proto', 'inet_service'],
    interval: false,
    elements: [{ key: ['tcp', '8080'], value: { types: ['ipv4_addr', 'inet_service'], parts: ['192.0.2.7', '80'] }, comment: 'port' }],
    text: 'tcp . 8080 comment "port" : 192.0.2.7 . 80',
  },
  {
    set: 'verdicts',
    keyTypes: ['ifname', 'ipv6_addr'],
    interval: false,
    elements: [
      { key: ['ny-1', '2001:db8::1'], value: { verdict: 'goto', chain: 'one' } },
      { key: ['ny-1', '2001:db8::2'], value: { verdict: 'jump', chain: 'one' } },
      { key: ['ny-1', '2001:db8::3'], value: { verdict: 'drop' } },
      { key: ['ny-1', '2001:db8::4'], value: { verdict: 'accept' } },
      { key: ['ny-1', '2001:db8::5'], value: { verdict: 'return' } },
    ],
    text: '"ny-1" . 2001:db8::1 : goto one, "ny-1" . 2001:db8::2 : jump one, "ny-1" . 2001:db8::3 : drop, "ny-1" . 2001:db8::4 : accept, "ny-1" . 2001:db8::5 : return',
  },
];

describe('elements changed without libnftables', () => {
  let host: TestNamespace;
  let socket: RouteSocket;

  beforeEach(() => {
    host = new TestNamespace('elem');
    host.run('nft', sets);
    socket = RouteSocket.openNetfilter(host.namespace);
  });
  afterEach(() => {
    socket.close();
    host.close();
  });

  const listed = (): string[] =>
    host
      .run('nft', 'list', 'table', 'inet', 't')
      .replaceAll(/,\s+/g, ', ')
      .split('\n')
      .map((line) => line.trim())
      .sort();
  const all = (verb: 'add' | 'delete'): ElementChange[] => cases.map(({ text: _text, ...change }) => ({ verb, in: table, ...change }));
  const sorted = (lines: string[]): string[] =>
    lines
      .map((line) =>
        line
          .split(/, |\{|\}/)
          .map((part) => part.trim())
          .sort()
          .join(),
      )
      .sort();

  test('are the same that nft makes, and are deleted again', () => {
    const empty = listed();
    for (const { set, text } of cases) host.run('nft', `add element inet t ${set} { ${text} }`);
    const oracle = listed();
    host.run('nft', 'flush ruleset');
    host.run('nft', sets);
    changeElements(socket, all('add'));
    expect(sorted(listed())).toEqual(sorted(oracle));
    changeElements(socket, all('add'));
    expect(sorted(listed())).toEqual(sorted(oracle));
    changeElements(socket, all('delete'));
    expect(listed()).toEqual(empty);
  });

  test('are changed all or none, and the one refused is named', () => {
    const empty = listed();
    const wrong: ElementChange = {
      verb: 'delete',
      in: table,
      set: 'links',
      keyTypes: ['ifname'],
      interval: false,
      elements: [{ key: ['absent'] }],
    };
    expect(() => changeElements(socket, [...all('add'), wrong])).toThrow(/^nft delete element inet t links \{ absent \}: ENOENT/);
    expect(() => changeElements(socket, [{ ...wrong, in: { ...table, table: 'none' } }])).toThrow(NftError);
    const loop: ElementChange = {
      verb: 'add',
      in: table,
      set: 'verdicts',
      keyTypes: ['ifname', 'ipv6_addr'],
      interval: false,
      elements: [{ key: ['ny-1', '::1'], value: { verdict: 'goto', chain: 'nowhere' } }],
    };
    expect(() => changeElements(socket, [...all('add'), loop])).toThrow(/verdicts .*ENOENT/);
    expect(listed()).toEqual(empty);
    host.run(
      'nft',
      'add rule inet t one iifname . ip6 saddr vmap @verdicts; add chain inet t base { type filter hook input priority 0; jump one; }',
    );
    expect(() =>
      changeElements(socket, [{ ...loop, elements: [{ key: ['ny-1', '::1'], value: { verdict: 'goto', chain: 'one' } }] }]),
    ).toThrow(NftError);
    changeElements(socket, all('add').slice(0, 1));
    expect(listed().join()).toContain('"ny-1" comment "mine"');
  });

  test('are listed as they were added', () => {
    changeElements(socket, all('add'));
    for (const { set, keyTypes, elements } of cases) {
      const value = elements[0]?.value;
      const valueTypes = value && 'types' in value ? value.types : undefined;
      const wanted = elements.map(({ key, comment, value: wantedValue }) => ({
        key: key.map((part) => (part === '132' ? 'sctp' : part)),
        ...(comment === undefined ? {} : { comment }),
        ...(wantedValue && 'types' in wantedValue ? { value: wantedValue } : {}),
      }));
      const listed = listElements(socket, { in: table, set, keyTypes, ...(valueTypes ? { valueTypes } : {}) }) ?? [];
      expect(listed).toHaveLength(wanted.length);
      expect(listed).toEqual(expect.arrayContaining(wanted));
    }
    host.run('nft', 'add element inet t subnets4 { 192.0.2.3-192.0.2.9 . "ny-3" }');
    const ranges = listElements(socket, { in: table, set: 'subnets4', keyTypes: ['ipv4_addr', 'ifname'] });
    expect(ranges?.map(({ key }) => key)).toContainEqual(['192.0.2.3-192.0.2.9', 'ny-3']);
    expect(listElements(socket, { in: table, set: 'none', keyTypes: [] })).toBeUndefined();
  });

  test('are changed by the thousand', () => {
    const many = Array.from({ length: 3_000 }, (_, index) => ({
      key: ['ny-1', `2001:db8::${index.toString(16)}`],
      value: { verdict: 'drop' } as const,
    }));
    changeElements(socket, [
      { verb: 'add', in: table, set: 'verdicts', keyTypes: ['ifname', 'ipv6_addr'], interval: false, elements: many },
    ]);
    expect(host.run('nft', 'list', 'map', 'inet', 't', 'verdicts').match(/: drop/g)).toHaveLength(3_000);
    expect(listElements(socket, { in: table, set: 'verdicts', keyTypes: ['ifname', 'ipv6_addr'] })).toHaveLength(3_000);
  });
});
