import { leaseStates, objectKinds } from '@netyard/contracts';
import type { SchemaObject } from '../http/openapi-types';

const text = (maxLength: number): SchemaObject => ({ type: 'string', maxLength });
const id: SchemaObject = { type: 'string', format: 'uuid', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };
const record = (properties: Record<string, SchemaObject>): SchemaObject => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});

const condition = record({
  type: { type: 'string', pattern: '^[A-Z][A-Za-z0-9]{0,62}$' },
  status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
  reason: text(128),
  message: text(8192),
});

const address: SchemaObject = { type: 'string', pattern: '^[0-9]{1,3}([.][0-9]{1,3}){3}$' };
const time: SchemaObject = { type: 'string', pattern: '^[0-9]{4,6}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,16}Z$' };

const lease: SchemaObject = {
  ...record({
    address,
    prefixLength: { type: 'integer', minimum: 1, maximum: 32 },
    gateway: { ...address, nullable: true },
    server: address,
    dns: { type: 'array', maxItems: 16, items: address },
    domain: { ...text(253), nullable: true },
    obtainedAt: time,
    renewAt: time,
    expiresAt: time,
    state: { type: 'string', enum: [...leaseStates] },
  }),
  nullable: true,
};

const objectReport: SchemaObject = {
  ...record({
    kind: { type: 'string', enum: ['router', 'network', 'sandbox', 'endpoint', 'peer', 'key', 'port', 'policy'] },
    id,
    observedGeneration: { type: 'integer', minimum: 0 },
    gone: { type: 'boolean' },
    conditions: { type: 'array', maxItems: 16, items: condition },
    lease,
  }),
  // Only of endpoints with an address by DHCP.
  required: ['kind', 'id', 'observedGeneration', 'gone', 'conditions'],
};

const probeReport: SchemaObject = {
  type: 'object',
  required: ['id', 'result', 'error'],
  additionalProperties: false,
  properties: { id, result: { type: 'object', nullable: true }, error: { ...text(8192), nullable: true } },
};

const inquiryReport: SchemaObject = {
  type: 'object',
  required: ['id', 'answer', 'error'],
  additionalProperties: false,
  properties: { id, answer: { type: 'object', nullable: true }, error: { ...text(8192), nullable: true } },
};

const eventReport = record({
  kind: { type: 'string', enum: [...objectKinds] },
  id,
  type: { type: 'string', enum: ['Normal', 'Warning'] },
  reason: { type: 'string', pattern: '^[A-Z][A-Za-z0-9]{0,62}$' },
  message: text(8192),
});

/** `HostReport` as a JSON Schema: reports come by the thousand, and checking this is much faster than checking classes. */
export const hostReportSchema: SchemaObject = {
  ...record({
    objects: { type: 'array', maxItems: 2_000, items: objectReport },
    probes: { type: 'array', maxItems: 2_000, items: probeReport },
    inquiries: { type: 'array', maxItems: 2_000, items: inquiryReport },
    events: { type: 'array', maxItems: 2_000, items: eventReport },
  }),
  // Workers that are a version behind have none.
  required: ['objects', 'probes', 'events'],
};
