import { expect, it } from 'vitest';
import { curlLine, type RequestLine } from './curl';

const cases: { name: string; in: RequestLine; want: string }[] = [
  {
    name: 'a body',
    in: { method: 'POST', path: '/v1/networks', body: { metadata: { name: 'web' } } },
    want: `curl -X POST http://192.0.2.1:8080/v1/networks \\
  -H "Authorization: Bearer $NETYARD_TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '{"metadata":{"name":"web"}}'`,
  },
  {
    name: 'a query, which the shell must not read',
    in: { method: 'DELETE', path: '/v1/networks/web?cascade=true' },
    want: `curl -X DELETE 'http://192.0.2.1:8080/v1/networks/web?cascade=true' \\
  -H "Authorization: Bearer $NETYARD_TOKEN"`,
  },
  {
    name: 'a question',
    in: { method: 'GET', path: '/v1/events' },
    want: `curl http://192.0.2.1:8080/v1/events \\
  -H "Authorization: Bearer $NETYARD_TOKEN"`,
  },
  {
    name: 'headers',
    in: { method: 'PATCH', path: '/v1/x', body: {}, headers: { 'If-Match': '"7"' } },
    want: `curl -X PATCH http://192.0.2.1:8080/v1/x \\
  -H "Authorization: Bearer $NETYARD_TOKEN" \\
  -H 'If-Match: "7"' \\
  -H 'Content-Type: application/json' \\
  -d '{}'`,
  },
  {
    name: 'a quote in the body',
    in: { method: 'POST', path: '/v1/x', body: "it's" },
    want: `curl -X POST http://192.0.2.1:8080/v1/x \\
  -H "Authorization: Bearer $NETYARD_TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '"it'\\''s"'`,
  },
];

it.each(cases)('writes $name', ({ in: request, want }) => {
  expect(curlLine('http://192.0.2.1:8080', request)).toBe(want);
});
