import type { Endpoint } from '@netyard/api-client';
import { expect, it } from 'vitest';
import { editRequest, editValues } from './edit-request';

const endpoint: Endpoint = {
  metadata: {
    id: '1',
    name: 'a-web',
    labels: { role: 'db' },
    createdAt: '2026-01-02T03:04:05Z',
    generation: 1,
    resourceVersion: '1',
    deletionRequestedAt: null,
  },
  spec: {
    network: 'web',
    sandbox: 'a',
    addresses: [],
    gatewayPriority: 0,
    aliases: ['www'],
    limits: { ingressMbps: null, egressMbps: 20 },
    spoofingGuard: true,
  },
  status: {
    conditions: [],
    addresses: [],
    gateways: [],
    lease: null,
    macAddress: null,
    interfaceName: null,
    host: null,
    hostLink: null,
    joinedAt: null,
    ports: [],
  },
};

it('asks for what was there where nothing was typed', () => {
  expect(editRequest(endpoint, editValues(endpoint))).toEqual({
    spec: { aliases: ['www'], limits: { ingressMbps: null, egressMbps: 20 }, spoofingGuard: true },
  });
});

it('asks for what was typed', () => {
  const values = {
    metadata: { labels: 'tier=back' },
    spec: { aliases: '', limits: { ingressMbps: '5', egressMbps: '' }, spoofingGuard: false },
  };
  expect(editRequest(endpoint, values)).toEqual({
    metadata: { labels: { role: null, tier: 'back' } },
    spec: { aliases: [], limits: { ingressMbps: 5, egressMbps: null }, spoofingGuard: false },
  });
});
