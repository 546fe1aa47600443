import { describe, expect, it } from 'vitest';
import { describeStep } from '@netyard/drivers';
import type { WireguardPeer } from '@netyard/netlink';
import { planKey } from '../plan/plan';
import { keyOf } from '../testing/desired';
import { standingPeers } from './peers';

const key = keyOf(2, { publicKey: 'K2', innerAddress: '2001:db8:4::2', endpoint: { address: '192.0.2.2', port: 51820 }, own: null });
const nowMs = 1_000_000;
const standing: WireguardPeer = {
  publicKey: 'K2',
  endpoint: { address: '192.0.2.2', port: 51820 },
  allowedIps: ['2001:db8:4::2/128'],
  lastHandshakeMs: 0,
};
const elsewhere = { address: '198.51.100.9', port: 7 };
const written = 'wg set nyw4 peer K2 endpoint 192.0.2.2:51820 allowed-ips 2001:db8:4::2/128';

describe('a key of another host', () => {
  it.each<{ name: string; in: WireguardPeer[]; want: string[] }>([
    { name: 'that is missing is written', in: [], want: [written] },
    { name: 'that stands is left alone', in: [standing], want: [] },
    {
      name: 'with another inner address is mended',
      in: [{ ...standing, allowedIps: ['2001:db8:4::2/128', '0.0.0.0/0'] }],
      want: [written],
    },
    { name: 'that leads elsewhere is mended', in: [{ ...standing, endpoint: elsewhere }], want: [written] },
    {
      name: 'that speaks from elsewhere is followed',
      in: [{ ...standing, endpoint: elsewhere, lastHandshakeMs: nowMs - 179_999 }],
      want: [],
    },
    {
      name: 'that has fallen silent elsewhere is mended',
      in: [{ ...standing, endpoint: elsewhere, lastHandshakeMs: nowMs - 180_000 }],
      want: [written],
    },
    { name: 'whose place nobody knows is mended', in: [{ ...standing, endpoint: null, lastHandshakeMs: nowMs }], want: [written] },
  ])('$name', ({ in: peers, want }) => {
    const observed = standingPeers('nyw4', { privateKey: '', publicKey: '', port: 51820, peers }, [key], nowMs);
    expect(planKey(key, observed).steps.map(describeStep)).toEqual(want);
  });

  it('of this host itself is no peer', () => {
    expect(planKey({ ...key, endpoint: null, own: { use: true, replace: false } }, new Map()).steps).toEqual([]);
  });
});
