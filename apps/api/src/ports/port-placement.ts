import type { PortScope } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config';
import { databaseFault } from '../database/database-fault';
import type { Transaction } from '../database/transaction';
import { pendingConditions } from '../objects/conditions';
import { publishEverywhere } from './everywhere';
import { chooseHostPort, placesOf } from './host-ports';
import { announcePorts, placeOnOwnHosts } from './port-hosts';
import { assertPortFree, portsCollide } from './port-in-use';

interface UnplacedPort {
  id: string;
  tenant_id: string;
  protocol: string;
  count: number;
  requested_host_port: number | null;
  host_address: string;
  publish: PortScope;
}

const attempts = 5;

/** Ports come to a host with their endpoint. */
@Injectable()
export class PortPlacement {
  constructor(@Inject(Config) private readonly config: Config) {}

  /** Places all ports of an endpoint that joins, choosing automatic ones. The constraint refuses those that are taken on its host; other hosts on which they are say so. */
  async place(transaction: Transaction, endpointId: string, host: { id: string; name: string }, pointer: string): Promise<void> {
    const ports = await transaction.query<UnplacedPort>(
      `SELECT id, tenant_id, protocol, count, requested_host_port, host(host_address) AS host_address, publish FROM port
       WHERE endpoint_id = $1 AND deletion_requested_at IS NULL ORDER BY requested_host_port NULLS LAST, id FOR NO KEY UPDATE`,
      [endpointId],
    );
    for (const { id, tenant_id: tenantId, protocol, count, requested_host_port: requested, host_address: hostAddress, publish } of ports) {
      const asked = { protocol, hostAddress, count };
      const own = await placesOf(transaction, { publish: 'host', tenantId }, host);
      if (requested !== null) await assertPortFree(transaction, { ...own, ...asked }, requested, { tenantId, portId: id, pointer });
      const placement = { ...(await placesOf(transaction, { publish, tenantId }, host)), ...asked };
      const hostPort = requested ?? (await chooseHostPort(transaction, placement, this.config.portRange));
      await transaction.query(
        'UPDATE port SET host_id = $2, host_port = $3, conditions = $4, is_ready = false, resource_version = resource_version + 1 WHERE id = $1',
        [id, host.id, hostPort, JSON.stringify(pendingConditions(`host ${host.name} has not reported yet`))],
      );
      await placeOnOwnHosts(transaction, [id]);
    }
    const ids = ports.map(({ id }) => id);
    const wide = ports.filter(({ publish }) => publish === 'everywhere').map(({ id }) => id);
    await announcePorts(transaction, ids);
    if (wide.length > 0) await publishEverywhere(transaction, wide);
  }

  /** Runs a join again when one of its ports was taken meanwhile: automatic ones are chosen anew, and of others it is then known who has them. */
  async explaining<T>(pointer: string, join: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await join();
      } catch (error) {
        if (databaseFault(error).constraint !== 'port_in_use') throw error;
        if (attempt === attempts) throw portsCollide(pointer);
      }
    }
  }
}
