import { Address, Prefix } from '@netyard/inet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacityOf, initialFreeRanges } from './free-ranges';
import { nextFreePrefix, parsePools, uniqueLocalPool } from './pool';
import { planSubnet, type SubnetPlan, type SubnetRequest } from './subnet-plan';

const prefix = (text: string): Prefix => {
  const parsed = Prefix.parse(text);
  if (!parsed) throw new Error(`${text} is no prefix`);
  return parsed;
};

const plan = (request: SubnetRequest): SubnetPlan => {
  const planned = planSubnet(request);
  if ('faults' in planned) throw new Error(JSON.stringify(planned.faults));
  return planned.plan;
};

describe('planSubnet', () => {
  it('chooses the first usable address as the gateway', () => {
    expect(plan({ cidr: '192.0.2.0/24' }).gateway?.toString()).toBe('192.0.2.1');
    expect(plan({ cidr: '2001:db8::/64' }).gateway?.toString()).toBe('2001:db8::1');
  });

  it('leaves every address to endpoints where there is no gateway', () => {
    const routed = plan({ cidr: '192.0.2.0/29', hasGateway: false });
    expect(routed.gateway).toBeNull();
    expect(initialFreeRanges(routed).map(({ range }) => range.toString())).toEqual(['192.0.2.1-192.0.2.6']);
  });

  it.each<[string, SubnetRequest, string, RegExp]>([
    ['host bits', { cidr: '192.0.2.1/24' }, 'cidr', /host bits.*192\.0\.2\.0\/24/],
    ['no prefix', { cidr: 'lan' }, 'cidr', /"lan" is no prefix/],
    ['no length', { cidr: '192.0.2.0' }, 'cidr', /prefix length/],
    ['too large', { cidr: '10.0.0.0/7' }, 'cidr', /\/8 to \/30/],
    ['too small', { cidr: '192.0.2.0/31' }, 'cidr', /\/8 to \/30/],
    ['too small for IPv6', { cidr: '2001:db8::/127' }, 'cidr', /\/48 to \/126/],
    ['loopback', { cidr: '127.1.0.0/16' }, 'cidr', /loopback/],
    ['multicast', { cidr: '224.1.0.0/16' }, 'cidr', /multicast/],
    ['link-local', { cidr: 'fe80::/64' }, 'cidr', /link-local/],
    ['unspecified', { cidr: '0.0.0.0/8' }, 'cidr', /this network/],
    ['gateway outside', { cidr: '192.0.2.0/24', gateway: '198.51.100.1' }, 'gateway', /not inside/],
    ['gateway is the network address', { cidr: '192.0.2.0/24', gateway: '192.0.2.0' }, 'gateway', /network address/],
    ['gateway is broadcast', { cidr: '192.0.2.0/24', gateway: '192.0.2.255' }, 'gateway', /broadcast/],
    ['gateway of the other family', { cidr: '192.0.2.0/24', gateway: '2001:db8::1' }, 'gateway', /not inside/],
    ['range outside', { cidr: '192.0.2.0/24', ipRange: '198.51.100.0/25' }, 'ipRange', /not inside/],
    ['range with host bits', { cidr: '192.0.2.0/24', ipRange: '192.0.2.3/25' }, 'ipRange', /host bits/],
    ['reserved outside', { cidr: '192.0.2.0/24', reserved: ['192.0.2.7', '198.51.100.7'] }, 'reserved/1', /not inside/],
  ])('refuses %s', (_, request, field, detail) => {
    expect(planSubnet(request)).toEqual({ faults: [{ field, detail: expect.stringMatching(detail) as string }] });
  });
});

describe('initialFreeRanges', () => {
  const requests = fc
    .record({
      length: fc.integer({ min: 20, max: 30 }),
      gateway: fc.nat(),
      reserved: fc.array(fc.nat(), { maxLength: 5 }),
      ranged: fc.boolean(),
    })
    .map(({ length, gateway, reserved, ranged }) => {
      const cidr = prefix(`10.16.0.0/${length}`);
      const usable = Number(cidr.size) - 2;
      const at = (offset: number) => cidr.first.plus(1 + (offset % usable)).toString();
      return plan({
        cidr: cidr.toString(),
        gateway: at(gateway),
        reserved: reserved.map(at),
        ...(ranged ? { ipRange: `10.16.0.0/${length + 1}` } : {}),
      });
    });

  it('covers what can be given exactly once, and draws from the range alone', () => {
    fc.assert(
      fc.property(requests, fc.nat(), (subnet, offset) => {
        const ranges = initialFreeRanges(subnet);
        const address = subnet.prefix.first.plus(offset % Number(subnet.prefix.size));
        const holders = ranges.filter(({ range }) => range.contains(address));
        const special = [subnet.prefix.first, subnet.prefix.last, subnet.gateway].some((other) => other?.equals(address));
        expect(holders).toHaveLength(special ? 0 : 1);
        if (holders[0])
          expect(holders[0].dynamic).toBe(subnet.dynamic.contains(address) && !subnet.reserved.some((other) => other.equals(address)));
        expect(capacityOf(ranges)).toBe(subnet.prefix.size - 3n);
      }),
    );
  });

  it('splits a large subnet into shards, ascending', () => {
    const ranges = initialFreeRanges(plan({ cidr: '10.0.0.0/16' }));
    expect(ranges).toHaveLength(16);
    for (const [index, { range }] of ranges.slice(1).entries()) expect(ranges[index]?.range.last.plus(1).equals(range.first)).toBe(true);
    expect(initialFreeRanges(plan({ cidr: '2001:db8::/64' })).length).toBeLessThanOrEqual(17);
    expect(initialFreeRanges(plan({ cidr: '192.0.2.0/30' })).map(({ range }) => range.toString())).toEqual(['192.0.2.2-192.0.2.2']);
  });
});

describe('nextFreePrefix', () => {
  const pools = parsePools('10.128.0.0/20:24,10.64.0.0/24:26');

  it('gives the lowest that is free, then the next pool, then nothing', () => {
    expect(nextFreePrefix(pools, [])?.toString()).toBe('10.128.0.0/24');
    expect(nextFreePrefix(pools, [prefix('10.128.0.0/24'), prefix('10.128.1.128/26'), prefix('10.128.3.0/24')])?.toString()).toBe(
      '10.128.2.0/24',
    );
    expect(nextFreePrefix(pools, [prefix('10.128.0.0/16')])?.toString()).toBe('10.64.0.0/26');
    expect(nextFreePrefix(pools, [prefix('10.0.0.0/8')])).toBeUndefined();
  });

  it('never overlaps what is taken, and misses nothing that is free', () => {
    const taken = fc.array(
      fc
        .tuple(fc.nat(4095), fc.integer({ min: 18, max: 30 }))
        .map(([offset, length]) => Prefix.containing(Address.of('IPv4', 0x0a800000n + BigInt(offset)), length)),
      { maxLength: 20 },
    );
    const [pool] = pools;
    if (!pool) throw new Error('no pool');
    const candidates = Array.from({ length: 16 }, (_, index) => prefix(`10.128.${index}.0/24`));
    fc.assert(
      fc.property(taken, (prefixes) => {
        const want = candidates.find((candidate) => !prefixes.some((other) => other.overlaps(candidate)));
        expect(nextFreePrefix([pool], prefixes)?.toString()).toBe(want?.toString());
      }),
    );
  });

  it('refuses pools that cannot be', () => {
    for (const text of ['10.0.0.0/8', '10.0.0.1/8:24', '10.0.0.0/24:16', '10.0.0.0/8:31', ''])
      expect(() => parsePools(text)).toThrow(RangeError);
  });

  it('has unique local prefixes of its own', () => {
    const pool = uniqueLocalPool(Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x9a));
    expect(nextFreePrefix([pool], [])?.toString()).toBe('fd12:3456:789a::/64');
    expect(nextFreePrefix([pool], [prefix('fd12:3456:789a::/64')])?.toString()).toBe('fd12:3456:789a:1::/64');
  });
});
