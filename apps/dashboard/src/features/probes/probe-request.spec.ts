import { expect, it } from 'vitest';
import { type ProbeFormValues, probeRequest } from './probe-request';

const values = (spec: Partial<ProbeFormValues['spec']>, repeat = false): ProbeFormValues => ({
  spec: { sandbox: ' a ', kind: 'ping', target: '192.0.2.1', port: '53', count: '3', query: 'web', path: '/x', ...spec },
  repeat,
});

it.each([
  { name: 'a ping', in: values({}), want: { kind: 'ping', count: 3 } },
  { name: 'a ping that goes on', in: values({}, true), want: { kind: 'ping', count: 1 } },
  { name: 'a connection', in: values({ kind: 'tcp' }), want: { kind: 'tcp', port: 53 } },
  { name: 'a query at the usual port', in: values({ kind: 'udp-dns', port: '' }), want: { kind: 'udp-dns', query: 'web' } },
  { name: 'a request', in: values({ kind: 'http', port: '8080' }), want: { kind: 'http', port: 8080, path: '/x' } },
  { name: 'a trace', in: values({ kind: 'trace' }), want: { kind: 'trace' } },
])('asks for $name', ({ in: form, want }) => {
  expect(probeRequest(form)).toEqual({ spec: { sandbox: 'a', target: '192.0.2.1', ...want } });
});
