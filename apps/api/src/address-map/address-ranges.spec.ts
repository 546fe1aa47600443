import { Address, AddressRange, Prefix } from '@netyard/inet';
import { describe, expect, it } from 'vitest';
import { type KnownRange, mapAddresses } from './address-ranges';

const address = (text: string): Address => {
  const parsed = Address.parse(text);
  if (!parsed) throw new Error(`${text} is no address`);
  return parsed;
};

/** `free 192.0.2.2-192.0.2.9`, or one address. */
function known(text: string): KnownRange {
  const [state = '', range = ''] = text.split(' ');
  const [first = '', last = first] = range.split('-');
  const holder = state === 'taken' ? { kind: 'endpoint' as const, id: 'id', name: 'web', sandbox: null } : null;
  return { range: AddressRange.of(address(first), address(last)), state: state as KnownRange['state'], holder };
}

function map(cidr: string, gateway: string | null, within: string | null, ranges: string[]): string[] {
  const prefix = Prefix.parse(cidr);
  const part = Prefix.parse(within ?? cidr);
  if (!prefix || !part) throw new Error('that is no prefix');
  const subnet = { prefix, gateway: gateway === null ? null : address(gateway) };
  return mapAddresses(subnet, part.range, ranges.map(known)).map(
    ({ first, last, count, state, holder }) => `${state} ${first}-${last} (${count})${holder ? ` ${holder.name}` : ''}`,
  );
}

describe('the addresses of a subnet', () => {
  it.each([
    {
      name: 'all of it',
      in: ['192.0.2.0/28', '192.0.2.1', null, ['taken 192.0.2.2', 'free 192.0.2.3-192.0.2.14']] as const,
      want: [
        'unusable 192.0.2.0-192.0.2.0 (1)',
        'gateway 192.0.2.1-192.0.2.1 (1)',
        'taken 192.0.2.2-192.0.2.2 (1) web',
        'free 192.0.2.3-192.0.2.14 (12)',
        'unusable 192.0.2.15-192.0.2.15 (1)',
      ],
    },
    {
      name: 'neighbours in one state, which are one range but for those taken',
      in: [
        '192.0.2.0/29',
        null,
        null,
        ['free 192.0.2.1', 'free 192.0.2.2', 'reserved 192.0.2.3', 'taken 192.0.2.4', 'taken 192.0.2.5', 'free 192.0.2.6'],
      ] as const,
      want: [
        'unusable 192.0.2.0-192.0.2.0 (1)',
        'free 192.0.2.1-192.0.2.2 (2)',
        'reserved 192.0.2.3-192.0.2.3 (1)',
        'taken 192.0.2.4-192.0.2.4 (1) web',
        'taken 192.0.2.5-192.0.2.5 (1) web',
        'free 192.0.2.6-192.0.2.6 (1)',
        'unusable 192.0.2.7-192.0.2.7 (1)',
      ],
    },
    {
      name: 'a part, which cuts ranges',
      in: ['10.0.0.0/16', '10.0.0.1', '10.0.7.0/24', ['free 10.0.0.2-10.0.7.9', 'taken 10.0.7.10', 'free 10.0.7.11-10.0.255.254']] as const,
      want: ['free 10.0.7.0-10.0.7.9 (10)', 'taken 10.0.7.10-10.0.7.10 (1) web', 'free 10.0.7.11-10.0.7.255 (245)'],
    },
    {
      name: 'a gateway in the middle',
      in: ['192.0.2.0/29', '192.0.2.3', null, ['free 192.0.2.1-192.0.2.2', 'free 192.0.2.4-192.0.2.6']] as const,
      want: [
        'unusable 192.0.2.0-192.0.2.0 (1)',
        'free 192.0.2.1-192.0.2.2 (2)',
        'gateway 192.0.2.3-192.0.2.3 (1)',
        'free 192.0.2.4-192.0.2.6 (3)',
        'unusable 192.0.2.7-192.0.2.7 (1)',
      ],
    },
    {
      name: 'the last address of IPv6, which is one like others',
      in: ['2001:db8::/126', '2001:db8::1', null, ['free 2001:db8::2-2001:db8::3']] as const,
      want: ['unusable 2001:db8::-2001:db8:: (1)', 'gateway 2001:db8::1-2001:db8::1 (1)', 'free 2001:db8::2-2001:db8::3 (2)'],
    },
    {
      name: 'a part of which nothing is known',
      in: ['192.0.2.0/29', null, '192.0.2.0/32', []] as const,
      want: ['unusable 192.0.2.0-192.0.2.0 (1)'],
    },
  ])('$name', ({ in: [cidr, gateway, within, ranges], want }) => {
    expect(map(cidr, gateway, within, [...ranges])).toEqual(want);
  });
});
