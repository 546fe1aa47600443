import { NetyardError } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction';
import { idleConditions, pendingConditions } from '../objects/conditions';
import { notFound } from '../objects/object-row';
import { touchSandboxes } from '../objects/removals';
import { announceEndpoints, type AnnouncedEndpoint } from '../overlay/announce';
import { closeElsewhereOf } from '../ports/port-hosts';
import { PortPlacement } from '../ports/port-placement';
import { assertJoinable, chooseInterfaceName, findNetwork, holdNetworks, type JoinableSandbox, placeOnHosts } from './placement';

/** As much of an endpoint as it takes to join and to leave; its row is locked. */
export interface JoiningEndpoint extends AnnouncedEndpoint {
  tenant_id: string;
  generation: number;
  sandbox_id: string | null;
  /** The sandbox that it joins again when both have left the former host. */
  returns_to: string | null;
  requested_interface_name: string | null;
}

/** What an endpoint does with a sandbox. */
@Injectable()
export class Joins {
  constructor(@Inject(PortPlacement) private readonly ports: PortPlacement) {}

  /** Joins an endpoint that is on no host, or still on the sandbox's. Throws NetyardError that says why it cannot; a violated `port_in_use` is left to the caller. */
  async join(transaction: Transaction, row: JoiningEndpoint, sandbox: JoinableSandbox, pointer: string): Promise<void> {
    const { id, name, tenant_id: tenantId } = row;
    if (row.host_id !== null && row.host_id !== sandbox.host_id)
      throw new NetyardError('still-leaving', `endpoint ${name} is still being removed from the host that it was on`);
    const { networks, neighbours } = await holdNetworks(transaction, tenantId, {
      refs: [row.network_id],
      defaultHostIds: [],
      sandboxIds: [sandbox.id],
    });
    const network = findNetwork(networks, row.network_id, undefined);
    if (!network) throw notFound('network', row.network_id);
    if (network.tenant_id !== tenantId) await transaction.leaveTenant();
    assertJoinable(network, sandbox, neighbours, pointer);
    const interfaceName = chooseInterfaceName(network, row.requested_interface_name, neighbours, pointer);
    if (row.host_id === null)
      await placeOnHosts(transaction, [{ network, viewerId: tenantId, hostId: sandbox.host_id, hostName: sandbox.host_name, pointer }]);
    await transaction.query(
      `UPDATE endpoint SET sandbox_id = $2, returns_to = NULL, host_id = $3, interface_name = $4, joined_at = clock_timestamp(), conditions = $5, generation = generation + 1, resource_version = resource_version + 1 WHERE id = $1`,
      [id, sandbox.id, sandbox.host_id, interfaceName, JSON.stringify(pendingConditions(`host ${sandbox.host_name} has not reported yet`))],
    );
    await touchSandboxes(transaction, [sandbox.id]);
    await this.ports.place(transaction, id, { id: sandbox.host_id, name: sandbox.host_name }, pointer);
    await announceEndpoints(transaction, [{ ...row, host_id: sandbox.host_id }]);
    note(transaction, row, 'Joined', `endpoint ${name} joins sandbox ${sandbox.name}`);
  }

  /** Takes an endpoint out of its sandbox; it stays on the host until that is clean of it. `returnsTo`: the sandbox moves, and the endpoint joins it again on the other host. */
  async leave(transaction: Transaction, row: JoiningEndpoint, returnsTo: { id: string; hostName: string } | null = null): Promise<void> {
    const conditions = returnsTo
      ? idleConditions('Moving', `Its sandbox moves to host ${returnsTo.hostName}.`, row.generation + 1)
      : idleConditions('Leaving', 'Its host is being cleaned of it.', row.generation + 1);
    // Those that return do so in the order in which they once joined: interfaces keep their names.
    await transaction.query(
      `UPDATE endpoint SET sandbox_id = NULL, returns_to = $3, interface_name = NULL, joined_at = CASE WHEN $3::uuid IS NULL THEN NULL ELSE joined_at END, conditions = $2,
         generation = generation + 1, resource_version = resource_version + 1 WHERE id = $1`,
      [row.id, JSON.stringify(conditions), returnsTo?.id ?? null],
    );
    if (row.sandbox_id !== null) await touchSandboxes(transaction, [row.sandbox_id]);
    await closeElsewhereOf(transaction, [row.id]);
    await announceEndpoints(transaction, [row]);
    note(transaction, row, 'Left', `endpoint ${row.name} leaves its sandbox`);
  }
}

function note(transaction: Transaction, { id, name, tenant_id: tenantId }: JoiningEndpoint, reason: string, message: string): void {
  transaction.note({ tenantId, kind: 'endpoint', id, name, type: 'Normal', reason, message });
}
