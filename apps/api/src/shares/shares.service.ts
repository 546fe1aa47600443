import { NetyardError } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { Answer } from '../http/answer';
import type { RequestContext } from '../http/request-context';
import { notManaged } from '../networks/shared-networks';
import { assertStaying, findByReference, notFound, splitReferences } from '../objects/object-row';
import type { NetworkShareListDto, ShareDto, ShareListDto } from './share.dto';

interface ShareRow extends Record<string, unknown> {
  id: string;
  name: string;
  created_at: Date;
}

interface NetworkShareRow extends ShareRow {
  network_id: string;
  network_name: string;
  owner: string;
}

interface NetworkRow extends Record<string, unknown> {
  id: string;
  name: string;
  is_default: boolean;
  deletion_requested_at: Date | null;
}

const shareSql =
  'SELECT t.id, t.name, u.created_at FROM network_use u JOIN tenant t ON t.id = u.tenant_id WHERE u.network_id = $1 AND u.tenant_id <> u.owner_id';

/** In both directions; of a network of another tenant, what concerns this one alone. */
const allSharesSql = `
  SELECT t.id, t.name, u.created_at, n.id AS network_id, n.name AS network_name, o.name AS owner
  FROM network_use u JOIN tenant t ON t.id = u.tenant_id JOIN tenant o ON o.id = u.owner_id JOIN network n ON n.id = u.network_id
  WHERE u.tenant_id <> u.owner_id AND (u.owner_id = $1 OR u.tenant_id = $1) ORDER BY n.name, n.id, t.name`;

/** Lets other tenants use a network: join endpoints of their own to it. Changing it stays with its own tenant. */
@Injectable()
export class SharesService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(context: RequestContext, ref: string): Promise<ShareListDto> {
    const rows = await this.#onNetwork(context, ref, (transaction, { id }) =>
      transaction.query<ShareRow>(`${shareSql} ORDER BY t.name`, [id]),
    );
    return { items: rows.map(toShareDto) };
  }

  /** What the tenant shares, and what is shared with it. */
  async listAll({ tenantId }: RequestContext): Promise<NetworkShareListDto> {
    const rows = await acrossTenants(() => this.database.queryOnce<NetworkShareRow>(allSharesSql, [tenantId]));
    return {
      items: rows.map((row) => ({ ...toShareDto(row), network: { id: row.network_id, name: row.network_name, owner: row.owner } })),
    };
  }

  /** May be repeated. */
  async put(context: RequestContext, ref: string, tenantRef: string): Promise<Answer<ShareDto>> {
    const share = await this.#onNetwork(context, ref, async (transaction, network) => {
      assertStaying('network', network);
      if (network.is_default)
        throw new NetyardError('invalid-value', `network ${network.name} is the default network of its host, which other tenants have not`);
      const tenant = await findTenant(transaction, tenantRef);
      if (tenant.id === context.tenantId) throw new NetyardError('invalid-value', `network ${network.name} is that tenant’s own`);
      await transaction.query('INSERT INTO network_use (network_id, tenant_id, owner_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        network.id,
        tenant.id,
        context.tenantId,
      ]);
      transaction.announce(context.tenantId, 'network', network.id, network.name);
      const rows = await transaction.query<ShareRow>(`${shareSql} AND t.id = $2`, [network.id, tenant.id]);
      return rows[0];
    });
    if (!share) throw notFound('share', tenantRef);
    return new Answer(200, toShareDto(share));
  }

  /** Throws NetyardError `in-use` while the other tenant has endpoints on the network. */
  async remove(context: RequestContext, ref: string, tenantRef: string): Promise<Answer<never>> {
    await this.#onNetwork(context, ref, async (transaction, network) => {
      const [share] = await transaction.query<ShareRow>(`${shareSql} AND t.id = $2`, [
        network.id,
        (await findTenant(transaction, tenantRef)).id,
      ]);
      if (!share) throw notFound('share', tenantRef);
      await transaction.query('DELETE FROM network_use WHERE network_id = $1 AND tenant_id = $2', [network.id, share.id]);
      // Its watches are told that it is gone.
      transaction.announce(share.id, 'network', network.id, network.name);
      transaction.announce(context.tenantId, 'network', network.id, network.name);
    }).catch((error: unknown) => {
      if (databaseFault(error).constraint !== 'endpoint_network_use') throw error;
      throw new NetyardError('in-use', `tenant ${tenantRef} has endpoints on network ${ref}: they have to go first`);
    });
    return Answer.gone();
  }

  /** Finds one of the tenant's own networks behind its wall, and then works across tenants. */
  #onNetwork<Result>(
    { tenantId }: RequestContext,
    ref: string,
    work: (transaction: Transaction, network: NetworkRow) => Promise<Result>,
  ): Promise<Result> {
    return this.database.inTransaction(async (transaction) => {
      const { names, ids } = splitReferences([ref]);
      const rows = await transaction.query<NetworkRow>(
        'SELECT id, name, is_default, deletion_requested_at FROM network WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) FOR NO KEY UPDATE',
        [tenantId, names, ids],
      );
      const network = findByReference(rows, ref);
      if (!network) throw await notManaged(transaction, tenantId, ref);
      await transaction.leaveTenant();
      return work(transaction, network);
    });
  }
}

async function findTenant(transaction: Transaction, ref: string): Promise<{ id: string; name: string }> {
  const { names, ids } = splitReferences([ref]);
  const rows = await transaction.query<{ id: string; name: string }>(
    'SELECT id, name FROM tenant WHERE name = ANY ($1) OR id = ANY ($2::uuid[])',
    [names, ids],
  );
  const tenant = findByReference(rows, ref);
  if (!tenant) throw notFound('tenant', ref);
  return tenant;
}

const toShareDto = ({ id, name, created_at: createdAt }: ShareRow): ShareDto => ({
  metadata: { id, name, createdAt: createdAt.toISOString() },
});
