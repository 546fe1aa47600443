import { describe, expect, it } from 'vitest';
import { emptyPort, portPatch, portRequest, portValues } from './port-request';

describe('portRequest', () => {
  it.each([
    { name: 'a port alone', in: { port: '80' }, want: '{"protocol":"tcp","port":80}' },
    {
      name: 'all there is to say',
      in: {
        metadata: { name: ' shop ' },
        protocol: 'udp' as const,
        port: '5000',
        endPort: '5009',
        hostPort: '6000',
        hostAddress: '0.0.0.0',
        publish: 'everywhere' as const,
        allowedSources: '10.0.0.0/8, 192.0.2.1/32',
        service: 'game',
      },
      want: '{"metadata":{"name":"shop"},"protocol":"udp","port":5000,"endPort":5009,"hostPort":6000,"hostAddress":"0.0.0.0","publish":"everywhere","allowedSources":["10.0.0.0/8","192.0.2.1/32"],"service":"game"}',
    },
  ])('asks for $name', ({ in: values, want }) => {
    expect(JSON.stringify(portRequest({ ...emptyPort, ...values }))).toBe(want);
  });
});

describe('portPatch', () => {
  it('lets a host port be chosen, everybody in, and the service go, where fields are emptied', () => {
    expect(portPatch({ ...emptyPort, port: '80', hostAddress: '::' })).toEqual({
      hostPort: null,
      hostAddress: '::',
      publish: 'host',
      allowedSources: [],
      service: null,
    });
  });

  it('keeps what the port had', () => {
    const spec = {
      endpoint: 'a',
      protocol: 'tcp' as const,
      port: 80,
      endPort: 89,
      hostPort: 8080,
      hostAddress: '0.0.0.0',
      publish: 'everywhere' as const,
      allowedSources: ['10.0.0.0/8'],
      service: 'http',
    };
    const metadata = {
      id: '1',
      name: 'p',
      labels: {},
      createdAt: '2026-01-02T03:04:05Z',
      generation: 1,
      resourceVersion: '1',
      deletionRequestedAt: null,
    };
    const values = portValues({ metadata, spec, status: { conditions: [], host: null, hosts: [], hostPort: null, address: null } });
    expect(values.endPort).toBe('89');
    expect(portPatch(values)).toEqual({
      hostPort: 8080,
      hostAddress: '0.0.0.0',
      publish: 'everywhere',
      allowedSources: ['10.0.0.0/8'],
      service: 'http',
    });
  });
});
