import type { ParentGrant } from '@netyard/contracts';
import { describe, expect, it } from 'vitest';
import { coversParent, inWords, parseVlans } from './parent-grants';

const grant = (over: Partial<ParentGrant> = {}): ParentGrant => ({ link: 'eth1', host: null, untagged: false, vlans: [], ...over });

describe('a parent', () => {
  it.each([
    { name: 'is covered by its link', grants: [grant({ untagged: true })], parent: 'eth1', want: true },
    { name: 'is not, where only VLANs are', grants: [grant({ vlans: ['1-4094'] })], parent: 'eth1', want: false },
    { name: 'is covered by a range of VLANs', grants: [grant({ vlans: ['5', '100-199'] })], parent: 'eth1.199', want: true },
    { name: 'is not by the next one', grants: [grant({ vlans: ['5', '100-199'] })], parent: 'eth1.200', want: false },
    { name: 'is not by the link of the VLAN alone', grants: [grant({ untagged: true })], parent: 'eth1.5', want: false },
    {
      name: 'is covered by a VLAN that is a link of its own',
      grants: [grant({ link: 'eth1.5', untagged: true })],
      parent: 'eth1.5',
      want: true,
    },
    { name: 'is not by another link', grants: [grant({ link: 'eth2', untagged: true, vlans: ['1-4094'] })], parent: 'eth1.5', want: false },
    { name: 'is covered by any link', grants: [grant({ link: '*', untagged: true })], parent: 'eth7', want: true },
    { name: 'is not, as a VLAN, by any link untagged', grants: [grant({ link: '*', untagged: true })], parent: 'eth7.3', want: false },
    { name: 'is covered by VLANs of any link', grants: [grant({ link: '*', vlans: ['1-9'] })], parent: 'eth7.3', want: true },
    { name: 'is covered by nothing', grants: [], parent: 'eth1', want: false },
  ])('$name', ({ grants, parent, want }) => {
    expect(coversParent(grants, parent, null)).toBe(want);
  });

  it('is covered on the host that is named, and on any while none is', () => {
    const grants = [grant({ untagged: true, host: 'lab-1' })];
    expect(['lab-1', 'lab-2', null].map((host) => coversParent(grants, 'eth1', host))).toEqual([true, false, true]);
  });
});

it('reads ranges of VLANs', () => {
  expect(['1', '4094', '100-199', '7-7', '0', '4095', '9-1', '1-', 'a', '007'].map((text) => parseVlans(text) !== undefined)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});

it('is told in words', () => {
  expect(inWords([])).toBe('none');
  expect(inWords([grant({ untagged: true, vlans: ['100-199'], host: 'lab-1' }), grant({ link: '*', vlans: ['7'] })])).toBe(
    'eth1 of host lab-1 (untagged and VLANs 100-199), any link (VLANs 7)',
  );
});
