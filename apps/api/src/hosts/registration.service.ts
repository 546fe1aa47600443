import { type Condition, defaultTenantName, type HostRegistration, namePattern, noDnsSettings, type TenantId } from '@netyard/contracts';
import { isDeepStrictEqual } from 'node:util';
import { Prefix } from '@netyard/inet';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { assertKeys, takeHostKeys } from '../encryption/key-registration';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import type { RequestContext } from '../http/request-context';
import { NetworksService } from '../networks/networks.service';
import { fieldError, newId } from '../objects/object-row';
import { moveTunnels } from '../overlay/tunnel-placement';
import { parseOptions } from '../drivers/driver-options';
import { publishEverywhere } from '../ports/everywhere';
import { settlePortsOn } from '../ports/settle-ports';
import type { HostDto, HostRegistrationDto } from './host.dto';
import { HostQueries, type HostRow } from './host.queries';
import { announceHost } from './host-visibility';
import { noteUnderlayClash } from './underlay-clash';

/** A host that has not been heard of for so long is not Ready. */
export const heartbeatLimitSeconds = 30;

export const defaultNetworkLabel = 'netyard.dev/default';

/** Hosts come into being, and stay alive, by what their workers say of them. */
@Injectable()
export class RegistrationService {
  readonly #logger = new Logger(RegistrationService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HostQueries) private readonly queries: HostQueries,
    @Inject(NetworksService) private readonly networks: NetworksService,
  ) {}

  /** Takes a registration in; may be repeated, and is to be as a heartbeat. Makes the host and its default network when it is new. */
  async register(context: RequestContext, name: string, registration: HostRegistrationDto): Promise<HostDto> {
    if (!namePattern.test(name)) throw fieldError('invalid-value', `"${name}" is no DNS label, as names of hosts are`, '');
    const facts: HostRegistration = { ...registration, routes: registration.routes.map((route, index) => parseRoute(route, index)) };
    if (!(await this.#beat(name, facts))) {
      await this.database.inTransaction(async (transaction) => {
        await assertKeys(transaction, name, facts.keys ?? []);
        const known = await this.queries.rowByReference(name, transaction, true);
        if (known) await this.#update(transaction, known, facts);
        else await this.#create(transaction, name, facts);
      });
      await this.#publishEverywhere(name);
    }
    const host = await this.queries.seenBy({ ...context, seesDeployment: true }).byReference(name);
    if (!host) throw new Error(`host ${name} is not there after its registration`);
    return host;
  }

  /** What has been published everywhere comes to the host, or to others that it no longer keeps from it. A registration does not fail for that: housekeeping tries again. */
  async #publishEverywhere(name: string): Promise<void> {
    try {
      await this.database.inTransaction((transaction) => publishEverywhere(transaction, null));
    } catch (error) {
      this.#logger.warn(`ports are not published on host ${name} yet: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Most registrations say nothing new. */
  async #beat(name: string, facts: HostRegistration): Promise<boolean> {
    const beaten = await this.database.query(
      'UPDATE host SET last_seen_at = now() WHERE name = $1 AND is_alive AND facts = $2::jsonb RETURNING id',
      [name, JSON.stringify(facts)],
    );
    return beaten.length > 0;
  }

  async #update(transaction: Transaction, row: HostRow, facts: HostRegistration): Promise<void> {
    await transaction.query(
      'UPDATE host SET facts = $2, last_seen_at = now(), is_alive = true, conditions = $3, resource_version = resource_version + 1 WHERE id = $1',
      [row.id, JSON.stringify(facts), JSON.stringify(row.is_alive ? row.conditions : [aliveCondition()])],
    );
    await announceHost(transaction, row);
    if (!row.is_alive) {
      transaction.note({
        tenantId: null,
        kind: 'host',
        id: row.id,
        name: row.name,
        type: 'Normal',
        reason: 'Alive',
        message: `host ${row.name} is heard of again`,
      });
      await settlePortsOn(transaction, [row.id]);
    }
    await takeHostKeys(transaction, row, facts.keys ?? []);
    const isUnderlayNew = !isDeepStrictEqual(row.facts?.underlay ?? [], facts.underlay ?? []);
    if (isUnderlayNew) await moveTunnels(transaction, row.id);
    if (isUnderlayNew) await noteUnderlayClash(transaction, row);
    if (row.facts?.uplinkMtuBytes === facts.uplinkMtuBytes && !isUnderlayNew) return;
    // Networks that leave the MTU to the uplink have another one now, and tunnels begin elsewhere.
    const networks = await transaction.query<{ id: string; name: string }>(
      'SELECT n.id, n.name FROM network_host nh JOIN network n ON n.id = nh.network_id WHERE nh.host_id = $1',
      [row.id],
    );
    for (const network of networks) transaction.announce(row.id, 'network', network.id, network.name);
  }

  async #create(transaction: Transaction, name: string, facts: HostRegistration): Promise<void> {
    const id = newId();
    // Another replica may have been told the same: whoever comes second finds the host.
    const [made] = await transaction.query(
      `INSERT INTO host (id, name, facts, last_seen_at, is_alive, conditions) VALUES ($1, $2, $3, now(), true, $4) ON CONFLICT (name) DO NOTHING RETURNING id`,
      [id, name, JSON.stringify(facts), JSON.stringify([aliveCondition()])],
    );
    if (!made) return;
    await transaction.query('INSERT INTO stream (id) VALUES ($1)', [id]);
    await takeHostKeys(transaction, { id, name }, facts.keys ?? []);
    await announceHost(transaction, { id, name });
    transaction.note({
      tenantId: null,
      kind: 'host',
      id,
      name,
      type: 'Normal',
      reason: 'Registered',
      message: `host ${name} was registered`,
    });
    await noteUnderlayClash(transaction, { id, name });
    // The default network is the default tenant's: other tenants' sandboxes are in namespaces of their own.
    const [tenant] = await transaction.query<{ id: TenantId; address_space_id: string }>(
      'SELECT id, address_space_id FROM tenant WHERE name = $1',
      [defaultTenantName],
    );
    if (!tenant) throw new Error('the database has no default tenant');
    await this.networks.insert(
      transaction,
      { tenantId: tenant.id, tenantName: defaultTenantName, addressSpaceId: tenant.address_space_id },
      [
        {
          id: newId(),
          name: await freeName(transaction, tenant.id, `default-${name}`.slice(0, 63).replace(/-+$/, '')),
          labels: { [defaultNetworkLabel]: 'true' },
          dto: { spec: { driver: 'bridge' } },
          options: parseOptions('bridge', {}, ''),
          hostId: id,
          hostName: name,
          dns: noDnsSettings,
          isDefault: true,
          pointer: (path) => path,
        },
      ],
    );
  }
}

/** A user may have taken the name; the host must come up all the same. */
async function freeName(transaction: Transaction, tenantId: string, wanted: string): Promise<string> {
  const [taken] = await transaction.query('SELECT FROM network WHERE tenant_id = $1 AND name = $2', [tenantId, wanted]);
  return taken ? `${wanted.slice(0, 50)}-${newId().slice(-8)}` : wanted;
}

function parseRoute(text: string, index: number): string {
  const prefix = Prefix.parse(text);
  if (!prefix) throw fieldError('invalid-value', `"${text}" is no prefix without host bits`, `/routes/${index}`);
  return prefix.toString();
}

export function aliveCondition(now = new Date()): Condition {
  return { type: 'Ready', status: 'True', reason: 'Heartbeat', message: '', lastTransitionTime: now.toISOString(), observedGeneration: 1 };
}

export function silentCondition(lastSeenAt: Date | null, now = new Date()): Condition {
  const since = lastSeenAt ? `since ${lastSeenAt.toISOString()}` : 'ever';
  return {
    type: 'Ready',
    status: 'Unknown',
    reason: 'Silent',
    message: `The worker has not been heard of ${since}.`,
    lastTransitionTime: now.toISOString(),
    observedGeneration: 1,
  };
}
