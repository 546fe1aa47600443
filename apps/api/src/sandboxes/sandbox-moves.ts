import { NetyardError, type SandboxNamespace } from '@netyard/contracts';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { type JoiningEndpoint, Joins } from '../endpoints/joins';
import { assertFits, holdNetworks, lockSandboxes } from '../endpoints/placement';
import { assertTaking, findHost } from '../hosts/host-visibility';
import { idleConditions, pendingConditions } from '../objects/conditions';
import { fieldError } from '../objects/object-row';
import { PortPlacement } from '../ports/port-placement';

/** As much of a sandbox as it takes to move it; its row is locked. */
export interface MovableSandbox {
  id: string;
  tenant_id: string;
  name: string;
  host_id: string;
  next_host_id: string | null;
  namespace: SandboxNamespace;
}

interface ReturningEndpoint {
  id: string;
  tenant_id: string;
  returns_to: string;
}

/**
 * How a sandbox gets to another host: its endpoints leave, the former host is cleaned of both, the sandbox is made anew, and its endpoints join again with the addresses that they have.
 * Nothing is ever on two hosts.
 */
@Injectable()
export class SandboxMoves {
  readonly #logger = new Logger(SandboxMoves.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Joins) private readonly joins: Joins,
    @Inject(PortPlacement) private readonly ports: PortPlacement,
  ) {}

  /** Begins a move; false when the sandbox is there, or on its way there. Throws NetyardError, naming what it is, when something of it cannot be on the other host. */
  async begin(transaction: Transaction, row: MovableSandbox, hostRef: string): Promise<boolean> {
    const { id, name, tenant_id: tenantId } = row;
    const pointer = '/spec/host';
    const host = await findHost(transaction, tenantId, hostRef, pointer);
    if (host.id === (row.next_host_id ?? row.host_id)) return false;
    if (row.next_host_id !== null)
      throw new NetyardError('still-leaving', `sandbox ${name} is moving to another host: it can move on when it has arrived`);
    if (row.namespace.type !== 'managed')
      throw fieldError('invalid-value', `sandbox ${name} is of namespace type ${row.namespace.type}, which is its host’s`, pointer);
    await assertTaking(transaction, tenantId, [host], () => pointer);
    const endpoints = await transaction.query<JoiningEndpoint>('SELECT * FROM endpoint WHERE sandbox_id = $1 ORDER BY id FOR UPDATE', [id]);
    const { networks } = await holdNetworks(transaction, tenantId, {
      refs: [...new Set(endpoints.map((endpoint) => endpoint.network_id))],
      defaultHostIds: [],
      sandboxIds: [],
    });
    for (const network of networks) {
      const endpoint = endpoints.find((one) => one.network_id === network.id);
      if (network.host_id !== null && network.host_id !== host.id)
        throw fieldError(
          'invalid-value',
          `endpoint ${endpoint?.name} is on network ${network.name}, which is confined to another host than ${host.name}: it must leave first`,
          pointer,
        );
      await assertFits(transaction, { network, viewerId: tenantId, hostId: host.id, hostName: host.name, pointer });
    }
    for (const endpoint of endpoints) {
      await this.joins.leave(transaction, endpoint, { id, hostName: host.name });
      transaction.announce(tenantId, 'endpoint', endpoint.id, endpoint.name);
    }
    await transaction.query('UPDATE sandbox SET next_host_id = $2, conditions = $3 WHERE id = $1', [
      id,
      host.id,
      JSON.stringify(pendingConditions(`it moves to host ${host.name}, when its former one is clean of it`)),
    ]);
    transaction.note({
      tenantId,
      kind: 'sandbox',
      id,
      name,
      type: 'Normal',
      reason: 'Moving',
      message: `sandbox ${name} moves to host ${host.name}`,
    });
    return true;
  }

  /** Brings sandboxes to the hosts that they move to: the former ones are clean of them, or lost. */
  async arrive(transaction: Transaction, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const arrived = await transaction.query<{ id: string; tenant_id: string; name: string; host_id: string; host_name: string }>(
      `UPDATE sandbox s SET host_id = h.id, next_host_id = NULL, conditions = jsonb_set($2::jsonb, '{0,message}', to_jsonb('host ' || h.name || ' has not reported yet')), resource_version = s.resource_version + 1
       FROM host h WHERE s.id = ANY ($1::uuid[]) AND h.id = s.next_host_id RETURNING s.id, s.tenant_id, s.name, s.host_id, h.name AS host_name`,
      [ids, JSON.stringify(pendingConditions(''))],
    );
    for (const { id, name, tenant_id: tenantId, host_id: hostId } of arrived) {
      transaction.announce(hostId, 'sandbox', id, name);
      transaction.announce(tenantId, 'sandbox', id, name);
    }
  }

  /**
   * Lets endpoints join their sandboxes again that have arrived, those of some sandboxes or of all; one that the host does not take stays out, and an event says why. May be repeated, and
   * is to be: those whose former host is not clean of them yet are left. The work must be the deployment's.
   */
  async rejoin(sandboxIds: string[] | null): Promise<void> {
    const waiting = await this.database.query<ReturningEndpoint & Record<string, unknown>>(
      `SELECT e.id, e.tenant_id, e.returns_to FROM endpoint e JOIN sandbox s ON s.id = e.returns_to
       WHERE ${isFree} AND s.next_host_id IS NULL AND s.deletion_requested_at IS NULL AND ($1::uuid[] IS NULL OR s.id = ANY ($1)) ORDER BY e.joined_at, e.id`,
      [sandboxIds],
    );
    for (const endpoint of waiting)
      await this.#rejoin(endpoint).catch((error: unknown) =>
        // Housekeeping comes back to it.
        this.#logger.warn(`endpoint ${endpoint.id} has not joined its sandbox again yet: ${String(error)}`),
      );
  }

  async #rejoin({ id, tenant_id: tenantId, returns_to: sandboxId }: ReturningEndpoint): Promise<void> {
    try {
      await this.ports.explaining('', () =>
        this.database.inTransaction(async (transaction) => {
          const [row] = await transaction.query<JoiningEndpoint>(
            `SELECT * FROM endpoint e WHERE e.id = $1 AND e.returns_to = $2 AND ${isFree} FOR UPDATE`,
            [id, sandboxId],
          );
          const [sandbox] = row ? await lockSandboxes(transaction, tenantId, [sandboxId]) : [];
          if (!row || !sandbox) return;
          await this.joins.join(transaction, row, sandbox, '');
          transaction.announce(tenantId, 'endpoint', id, row.name);
        }),
      );
    } catch (error) {
      if (!(error instanceof NetyardError)) throw error;
      await this.database.inTransaction((transaction) => stayOut(transaction, id, error.message));
    }
  }
}

/** Endpoint `e` is on no host, and is to stay. */
const isFree = 'e.host_id IS NULL AND e.deletion_requested_at IS NULL';

async function stayOut(transaction: Transaction, id: string, why: string): Promise<void> {
  const [row] = await transaction.query<{ name: string; tenant_id: string }>(
    `UPDATE endpoint SET returns_to = NULL, joined_at = NULL, conditions = $2, resource_version = resource_version + 1 WHERE id = $1 AND returns_to IS NOT NULL RETURNING name, tenant_id`,
    [id, JSON.stringify(idleConditions('NotJoined', why, 1))],
  );
  if (!row) return;
  const { name, tenant_id: tenantId } = row;
  transaction.announce(tenantId, 'endpoint', id, name);
  transaction.note({
    tenantId,
    kind: 'endpoint',
    id,
    name,
    type: 'Warning',
    reason: 'NotJoined',
    message: `endpoint ${name} has not joined its sandbox again on the other host: ${why}`,
  });
}
