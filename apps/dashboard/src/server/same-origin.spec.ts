import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './same-origin';

describe('isSameOrigin', () => {
  const cases: { name: string; method: string; headers: Record<string, string>; want: boolean }[] = [
    { name: 'a fetch of our own page', method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, want: true },
    { name: 'a form on another site', method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, want: false },
    { name: 'a page on another port', method: 'GET', headers: { 'sec-fetch-site': 'same-site' }, want: false },
    {
      name: 'no Sec-Fetch-Site, our origin',
      method: 'POST',
      headers: { origin: 'http://192.0.2.1:3000', host: '192.0.2.1:3000' },
      want: true,
    },
    {
      name: 'no Sec-Fetch-Site, other origin',
      method: 'POST',
      headers: { origin: 'http://192.0.2.9', host: '192.0.2.1:3000' },
      want: false,
    },
    { name: 'no Sec-Fetch-Site, opaque origin', method: 'GET', headers: { origin: 'null', host: '192.0.2.1:3000' }, want: false },
    {
      name: 'behind a load balancer',
      method: 'POST',
      headers: { origin: 'https://yard.example', 'x-forwarded-host': 'yard.example', host: 'inner:3000' },
      want: true,
    },
    { name: 'neither header, reading', method: 'GET', headers: { host: '192.0.2.1:3000' }, want: true },
    { name: 'neither header, writing', method: 'DELETE', headers: { host: '192.0.2.1:3000' }, want: false },
  ];
  it.each(cases)('$name → $want', ({ method, headers, want }) => {
    expect(isSameOrigin(method, new Headers(headers))).toBe(want);
  });
});
