import { describe, expect, it } from 'vitest';
import { innerAddress, innerPrefix } from './inner-address';

const key = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=';

describe('an inner address', () => {
  it.each([
    { underlay: 'ipv4', want: '2001:db8:1:4::/64' },
    { underlay: 'ipv6', want: '2001:db8:1:6::/64' },
  ] as const)('is of a prefix of its own for $underlay', ({ underlay, want }) => {
    expect(innerPrefix('2001:db8:1::/48', underlay).toString()).toBe(want);
    expect(innerPrefix('2001:db8:1::/48', underlay).toString()).not.toBe(innerPrefix('2001:db8:2::/48', underlay).toString());
  });

  it('follows from the key alone', () => {
    const address = innerAddress('2001:db8:1::/48', 'ipv4', key);
    expect(address).toBe('2001:db8:1:4:ec49:16dd:28fc:4c10');
    expect(innerAddress('2001:db8:1::/48', 'ipv4', key)).toBe(address);
    expect(innerAddress('2001:db8:1::/48', 'ipv4', key.replace('E=', 'I='))).not.toBe(address);
  });
});
