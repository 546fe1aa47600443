import { expect, it } from 'vitest';
import { dnsValues, networkDnsPatch, sandboxDnsPatch } from './dns-request';

const dns = {
  search: ['lab.test', 'example.com'],
  options: ['ndots:1'],
  servers: ['192.0.2.53'],
  hosts: [
    { name: 'db', address: '10.0.0.5' },
    { name: 'db', address: '2001:db8::5' },
  ],
};

it('asks for what was there where nothing was typed', () => {
  expect(networkDnsPatch(dnsValues({ domain: 'lab.test', dns }))).toEqual({ spec: { domain: 'lab.test', dns } });
});

it('takes away what was emptied', () => {
  const nothing = { search: '', options: '', servers: ' ', hosts: '' };
  const none = { search: [], options: [], servers: [], hosts: [] };
  expect(networkDnsPatch({ spec: { domain: ' ', dns: nothing } })).toEqual({ spec: { domain: null, dns: none } });
  expect(sandboxDnsPatch({ spec: { domain: '', dns: nothing } })).toEqual({ spec: { dns: none } });
});
