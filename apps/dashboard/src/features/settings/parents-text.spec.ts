import { expect, it } from 'vitest';
import { parentsText, parseParents } from './parents-text';

const grant = { host: null, untagged: false, vlans: [] };

it.each([
  { text: '', parents: [] },
  { text: 'eth1', parents: [{ ...grant, link: 'eth1', untagged: true }] },
  { text: 'lab-1:eth1.100-199', parents: [{ ...grant, host: 'lab-1', link: 'eth1', vlans: ['100-199'] }] },
  {
    text: '*, *.7',
    parents: [
      { ...grant, link: '*', untagged: true },
      { ...grant, link: '*', vlans: ['7'] },
    ],
  },
])('means the same as text: $text', ({ text, parents }) => {
  expect(parseParents(text)).toEqual(parents);
  expect(parentsText(parents)).toBe(text);
});

it('tells a link with its VLANs one by one', () => {
  expect(parentsText([{ host: 'lab-1', link: 'eth1', untagged: true, vlans: ['5', '7-9'] }])).toBe(
    'lab-1:eth1, lab-1:eth1.5, lab-1:eth1.7-9',
  );
});
