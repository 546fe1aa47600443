import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../config';
import { databaseFault } from '../database/database-fault';
import type { Transaction } from '../database/transaction';
import { pendingConditions } from '../objects/conditions';
import { chooseHostPort } from './host-ports';
import { assertPortFree, portsCollide } from './port-in-use';

interface UnplacedPort {
  id: string;
  name: string;
  tenant_id: string;
  protocol: string;
  count: number;
  requested_host_port: number | null;
  host_address: string;
}

const attempts = 5;

/** Ports come to a host with their endpoint. */
@Injectable()
export class PortPlacement {
  constructor(@Inject(Config) private readonly config: Config) {}

  /** Places all ports of an endpoint that joins, choosing automatic ones; the constraint refuses those that are taken. */
  async place(transaction: Transaction, endpointId: string, host: { id: string; name: string }, pointer: string): Promise<void> {
    const ports = await transaction.query<UnplacedPort>(
      `SELECT id, name, tenant_id, protocol, count, requested_host_port, host(host_address) AS host_address FROM port
       WHERE endpoint_id = $1 AND deletion_requested_at IS NULL ORDER BY requested_host_port NULLS LAST, id FOR NO KEY UPDATE`,
      [endpointId],
    );
    for (const { id, name, tenant_id: tenantId, protocol, count, requested_host_port: requested, host_address: hostAddress } of ports) {
      const placement = { hostId: host.id, hostName: host.name, protocol, hostAddress, count };
      if (requested !== null) await assertPortFree(transaction, placement, requested, { tenantId, portId: id, pointer });
      const hostPort = requested ?? (await chooseHostPort(transaction, placement, this.config.portRange));
      await transaction.query(
        'UPDATE port SET host_id = $2, host_port = $3, conditions = $4, is_ready = false, observed_generation = 0, resource_version = resource_version + 1 WHERE id = $1',
        [id, host.id, hostPort, JSON.stringify(pendingConditions(`host ${host.name} has not reported yet`))],
      );
      transaction.announce(host.id, 'port', id, name);
      transaction.announce(tenantId, 'port', id, name);
    }
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
