import { expect, it } from 'vitest';
import { Mac } from './mac';

// The example of RFC 4291 appendix A, and one whose universal bit is set already.
it.each([
  { mac: '34:56:78:9a:bc:de', linkLocal: 'fe80::3656:78ff:fe9a:bcde' },
  { mac: '02:00:00:00:00:01', linkLocal: 'fe80::ff:fe00:1' },
])('makes $linkLocal of $mac', ({ mac, linkLocal }) => {
  expect(Mac.parse(mac)?.linkLocal().toString()).toBe(linkLocal);
});
