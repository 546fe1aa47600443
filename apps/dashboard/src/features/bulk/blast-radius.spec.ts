import { describe, expect, it } from 'vitest';
import type { EndpointRow, NetworkRow, PolicyRow, SandboxRow } from '../inventory/inventory';
import { blastRadius } from './blast-radius';
import type { BulkRow } from './bulk-requests';

/** As much of a row as is looked at. */
const row = (part: Partial<EndpointRow> | Partial<NetworkRow> | Partial<SandboxRow> | Partial<PolicyRow>): BulkRow => part as BulkRow;
const endpoint = (name: string, sandboxName: string | null) => row({ kind: 'endpoint', name, sandboxName }) as EndpointRow;
const policy = (networkName: string): BulkRow => row({ kind: 'policy', networkName });

describe('deleting many', () => {
  it.each([
    {
      name: 'networks that nothing is on',
      in: [row({ kind: 'network', endpoints: [] })],
      want: { concerned: [], refused: false, say: 'Their subnets become free' },
    },
    {
      name: 'networks of which one has an endpoint: the API refuses them',
      in: [row({ kind: 'network', endpoints: [] }), row({ kind: 'network', endpoints: [endpoint('a-web', 'a')] })],
      want: { concerned: ['a-web'], refused: true, say: 'not deleted' },
    },
    {
      name: 'sandboxes, with which their endpoints go',
      in: [row({ kind: 'sandbox', endpoints: [endpoint('a-web', 'a'), endpoint('a-db', 'a')] })],
      want: { concerned: ['a-web', 'a-db'], refused: false, say: '2 endpoints go with them' },
    },
    {
      name: 'policies, of networks whose flows they decide on no more',
      in: [policy('web'), policy('web'), policy('db')],
      want: { concerned: ['web', 'db'], refused: false, say: 'flows of 2 networks' },
    },
    {
      name: 'endpoints, from their sandboxes',
      in: [endpoint('a-web', 'a'), endpoint('a-db', 'a'), endpoint('alone', null)],
      want: { concerned: ['a'], refused: false, say: '1 sandbox loses connections' },
    },
  ])('$name', ({ in: rows, want }) => {
    const { say, concerned, refusal } = blastRadius(rows);
    expect({ concerned, refused: refusal !== undefined }).toEqual({ concerned: want.concerned, refused: want.refused });
    expect(say).toContain(want.say);
  });
});
