import { selection } from '../../messages';
import type { EndpointRow, NetworkRow, PolicyRow, SandboxRow } from '../inventory/inventory';
import type { BulkRow } from './bulk-requests';

/** What deleting rows of one kind does to whom: a sentence, and the names that it concerns. */
export interface BlastRadius {
  say: string;
  /** Objects besides the rows themselves. */
  concerned: string[];
  /** Why the API would refuse it. */
  refusal: string | undefined;
}

/** The rows are of one kind, which the first tells. */
export function blastRadius(rows: readonly BulkRow[]): BlastRadius {
  const kind = rows[0]?.kind ?? 'policy';
  switch (kind) {
    case 'network': {
      const endpoints = rows.flatMap((row) => (row as NetworkRow).endpoints);
      const say = selection.deleteSay.network(endpoints.length);
      return { say, concerned: names(endpoints), refusal: endpoints.length > 0 ? say : undefined };
    }
    case 'sandbox': {
      const endpoints = rows.flatMap((row) => (row as SandboxRow).endpoints);
      return { say: selection.deleteSay.sandbox(endpoints.length), concerned: names(endpoints), refusal: undefined };
    }
    case 'endpoint': {
      const sandboxes = [...new Set(rows.flatMap((row) => (row as EndpointRow).sandboxName ?? []))];
      return { say: selection.deleteSay.endpoint(sandboxes.length), concerned: sandboxes, refusal: undefined };
    }
    case 'policy': {
      const networks = [...new Set((rows as readonly PolicyRow[]).map(({ networkName }) => networkName))];
      return { say: selection.deleteSay.policy(networks.length), concerned: networks, refusal: undefined };
    }
    default:
      return kind satisfies never;
  }
}

const names = (rows: readonly { name: string }[]): string[] => rows.map(({ name }) => name);
