import { expect, it } from 'vitest';
import { curlLines, greeting } from './greeting';

it('gives commands that a shell takes as they are', () => {
  expect(curlLines('http://127.0.0.1:8080', 'secret', 'demo')[2]).toBe(
    `curl -H 'Authorization: Bearer secret' -H 'Content-Type: application/json' -H 'Prefer: wait=10' http://127.0.0.1:8080/v1/endpoints -d '{"metadata":{"name":"demo-link"},"spec":{"network":"demo","sandbox":"demo-box"}}'`,
  );
});

it('offers no commands for hosts that are not there', () => {
  const facts = { apiUrl: 'http://a', dashboardUrl: 'http://d', token: 't', tokenPath: null, database: 'embedded', hosts: 0 };
  expect(greeting(facts, ['curl x'])).not.toContain('curl');
  expect(greeting({ ...facts, hosts: 2 }, ['curl x'])).toMatch(/lab-1 lab-2[^]*curl x/);
});
