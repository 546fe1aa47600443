import { isDeepStrictEqual } from 'node:util';
import type { DesiredPolicy, DesiredPolicyRule, NetworkId, PolicyAction, PolicyCounters, PolicyId } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import type { Transaction } from '../database/transaction';
import { describeDriver } from '../drivers/driver-options';
import { Answer } from '../http/answer';
import type { BulkDeleteDto, BulkDeleteResultDto } from '../http/bulk.dto';
import type { DeleteQuery } from '../http/delete.dto';
import type { RequestContext } from '../http/request-context';
import { InquiriesService } from '../inquiries/inquiries.service';
import { selectForDeletion } from '../objects/deletion-selection';
import {
  assertStaying,
  assertVersion,
  bulkPointer,
  fieldError,
  findByReference,
  mergeLabels,
  newMetadata,
  notFound,
  type ObjectRow,
  type PointerTo,
  singlePointer,
  splitReferences,
  unknownReference,
} from '../objects/object-row';
import { nameTaken } from '../objects/name-taken';
import { Settling, whenReady, type Settled } from '../objects/settling';
import type {
  CreatePolicyDto,
  PatchPolicyDto,
  PolicyCountersDto,
  PolicyDto,
  PolicyListDto,
  PolicyListQuery,
  PolicyPageDto,
  PolicyPreviewDto,
} from './policy.dto';
import { announceToHosts } from './policy-placement';
import { PolicyQueries } from './policy.queries';
import { removePolicies } from './policy-removal';
import { parseRules } from './policy-rules';

interface PolicyRow extends ObjectRow {
  network_id: string;
  priority: number;
  default_action: PolicyAction;
  rules: DesiredPolicyRule[];
}

interface NetworkRow {
  id: string;
  name: string;
  driver: Parameters<typeof describeDriver>[0];
  deletion_requested_at: Date | null;
}

/** A policy that is to be written. */
interface NewPolicy {
  id: string;
  name: string;
  labels: Record<string, string>;
  networkId: string;
  priority: number;
  defaultAction: PolicyAction;
  rules: DesiredPolicyRule[];
  pointer(path: string): string;
}

const policiesOfNetwork = 1_024;
const cutShown = 1_000;

@Injectable()
export class PoliciesService {
  readonly #look: Settled<PolicyDto>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PolicyQueries) private readonly queries: PolicyQueries,
    @Inject(InquiriesService) private readonly inquiries: InquiriesService,
    @Inject(Settling) private readonly settling: Settling,
  ) {
    this.#look = whenReady(queries);
  }

  list({ tenantId }: RequestContext, query: PolicyListQuery): Promise<PolicyPageDto> {
    return this.queries.list(tenantId, query);
  }

  async get({ tenantId }: RequestContext, ref: string): Promise<PolicyDto> {
    const policy = await this.queries.byReference(tenantId, ref);
    if (!policy) throw notFound('policy', ref);
    return policy;
  }

  async create(context: RequestContext, dto: CreatePolicyDto): Promise<Answer<PolicyDto>> {
    const [policy] = await this.#create(context, [dto], singlePointer);
    return new Answer(201, policy, Settling.applied(context));
  }

  async createMany(context: RequestContext, dtos: CreatePolicyDto[]): Promise<Answer<PolicyListDto>> {
    return new Answer(201, { items: await this.#create(context, dtos, bulkPointer) }, Settling.applied(context));
  }

  async patch(context: RequestContext, ref: string, { metadata, spec = {} }: PatchPolicyDto): Promise<Answer<PolicyDto>> {
    const [policy] = await this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        assertStaying('policy', row);
        watch.add(row.id);
        const [network] = await transaction.query<NetworkRow>('SELECT * FROM network WHERE id = $1', [row.network_id]);
        const rules =
          spec.rules && network
            ? await parseRules(transaction, context.tenantId, network, spec.rules, (path) => `/spec/rules${path}`)
            : row.rules;
        const priority = spec.priority ?? row.priority;
        const defaultAction = spec.defaultAction ?? row.default_action;
        const isNewSpec = priority !== row.priority || defaultAction !== row.default_action || !isDeepStrictEqual(rules, row.rules);
        await transaction.query(
          `UPDATE policy SET labels = $2, priority = $3, default_action = $4, rules = $5, selected_networks = $6, generation = generation + $7, resource_version = resource_version + 1
           WHERE id = $1`,
          [
            row.id,
            mergeLabels(row.labels, metadata?.labels),
            priority,
            defaultAction,
            JSON.stringify(rules),
            selectedNetworks(rules),
            isNewSpec ? 1 : 0,
          ],
        );
        if (isNewSpec) await announceToHosts(transaction, [row.id]);
        transaction.announce(context.tenantId, 'policy', row.id, row.name);
        return row.id;
      });
      return this.settling.settle(watch, [id], context.waitSeconds, this.#look);
    });
    return new Answer(200, policy, Settling.applied(context));
  }

  async remove(context: RequestContext, ref: string, { force = false }: DeleteQuery): Promise<Answer<PolicyDto>> {
    const [policy] = await this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        if (!force) assertStaying('policy', row);
        watch.add(row.id);
        await this.#remove(transaction, context, [row], force);
        return row.id;
      });
      return this.settling.settle(watch, [id], context.waitSeconds, this.#look);
    });
    return Settling.removed(context, policy);
  }

  async removeMany(context: RequestContext, request: BulkDeleteDto): Promise<Answer<BulkDeleteResultDto>> {
    return this.settling.watching(async (watch) => {
      const ids = await this.database.inTransaction(async (transaction) => {
        const rows = await selectForDeletion<PolicyRow>(transaction, 'policy', context.tenantId, request);
        if (!request.dryRun) {
          for (const row of rows) assertStaying('policy', row);
          watch.add(...rows.map(({ id }) => id));
          await this.#remove(transaction, context, rows, false);
        }
        return rows.map(({ id }) => id);
      });
      if (request.dryRun) return new Answer(200, { count: ids.length, pending: [] });
      const left = await this.settling.settle(watch, ids, context.waitSeconds, this.#look);
      const pending = left.flatMap((policy) => policy?.metadata.id ?? []);
      return new Answer(200, { count: ids.length, pending }, Settling.applied(context));
    });
  }

  /** Sums up what the hosts have counted. */
  async counters({ tenantId }: RequestContext, ref: string): Promise<PolicyCountersDto> {
    const policy = await this.queries.byReference(tenantId, ref);
    if (!policy) throw notFound('policy', ref);
    const policyId = policy.metadata.id as PolicyId;
    const hosts = await Promise.all(
      (await this.#hostsOf('policy_host', 'policy_id', policyId)).map(async ({ id, name }) => {
        const { counters } = await this.inquiries.ask(id, { type: 'policy-counters', policyId });
        return { host: name, ...counters };
      }),
    );
    const none: PolicyCounters = {
      rules: policy.spec.rules.map(() => ({ packets: 0, bytes: 0 })),
      defaultDenied: { packets: 0, bytes: 0 },
    };
    const sum = hosts.reduce<PolicyCounters>(
      (total, one) => ({
        rules: total.rules.map((count, index) => add(count, one.rules[index])),
        defaultDenied: add(total.defaultDenied, one.defaultDenied),
      }),
      none,
    );
    return { ...sum, hosts };
  }

  /** What would happen to present flows; nothing is changed. A policy of the same name is looked at as if it were replaced. */
  async preview(context: RequestContext, dto: CreatePolicyDto): Promise<PolicyPreviewDto> {
    const [planned] = await this.#plan(this.database, context, [dto], singlePointer);
    if (!planned) throw new Error('a plan has as many policies as the request');
    const present = await this.queries.byReference(context.tenantId, planned.name);
    const policy: DesiredPolicy = {
      kind: 'policy',
      id: (present?.metadata.id ?? planned.id) as PolicyId,
      generation: (present?.metadata.generation ?? 0) + 1,
      name: planned.name,
      deleted: false,
      networkId: planned.networkId as NetworkId,
      priority: planned.priority,
      defaultAction: planned.defaultAction,
      rules: planned.rules,
    };
    const hosts = await this.#hostsOf('network_host', 'network_id', planned.networkId);
    const previews = await Promise.all(hosts.map(({ id }) => this.inquiries.ask(id, { type: 'policy-preview', policy })));
    return {
      flowCount: previews.reduce((sum, { preview }) => sum + preview.flowCount, 0),
      cutCount: previews.reduce((sum, { preview }) => sum + preview.cutCount, 0),
      cut: previews.flatMap(({ preview }) => preview.cut).slice(0, cutShown),
    };
  }

  #hostsOf(table: 'policy_host' | 'network_host', column: string, id: string): Promise<{ id: string; name: string }[]> {
    return this.database.query<{ id: string; name: string }>(
      `SELECT h.id, h.name FROM ${table} t JOIN host h ON h.id = t.host_id WHERE t.${column} = $1 ORDER BY h.name`,
      [id],
    );
  }

  async #create(context: RequestContext, dtos: CreatePolicyDto[], pointerTo: PointerTo): Promise<PolicyDto[]> {
    return this.settling.watching(async (watch) => {
      let policies: NewPolicy[] = [];
      try {
        await this.database.inTransaction(async (transaction) => {
          policies = await this.#plan(transaction, context, dtos, pointerTo);
          watch.add(...policies.map(({ id }) => id));
          await this.#insert(transaction, context, policies);
        });
      } catch (error) {
        if (databaseFault(error).constraint !== 'policy_name_key') throw error;
        throw await nameTaken(this.database, 'policy', context.tenantId, policies);
      }
      const ids = policies.map(({ id }) => id);
      const made = await this.settling.settle(watch, ids, context.waitSeconds, this.#look);
      return made.filter((policy) => policy !== undefined);
    });
  }

  async #plan(
    reader: Pick<Transaction, 'query'>,
    { tenantId }: RequestContext,
    dtos: CreatePolicyDto[],
    pointerTo: PointerTo,
  ): Promise<NewPolicy[]> {
    const { names, ids } = splitReferences([...new Set(dtos.map(({ spec }) => spec.network))]);
    const networks = await reader.query<NetworkRow>(
      'SELECT * FROM network WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) ORDER BY id FOR KEY SHARE',
      [tenantId, names, ids],
    );
    const planned: NewPolicy[] = [];
    for (const [index, { metadata, spec }] of dtos.entries()) {
      const pointer = (path: string): string => pointerTo(index, path);
      const network = findByReference(networks, spec.network);
      if (!network) throw unknownReference('network', spec.network, pointer('/spec/network'));
      assertStaying('network', network, pointer('/spec/network'));
      if (!describeDriver(network.driver).passesHost)
        throw fieldError(
          'invalid-value',
          describeDriver(network.driver).hasSubnets
            ? `what endpoints of network ${network.name} (driver ${network.driver}) send passes no bridge of the host, where a policy could hold`
            : `network ${network.name} of driver ${network.driver} has no addresses that a policy could tell apart`,
          pointer('/spec/network'),
        );
      const rules = await parseRules(reader, tenantId, network, spec.rules ?? [], (path) => pointer(`/spec/rules${path}`));
      planned.push({
        ...newMetadata('policy', metadata),
        networkId: network.id,
        priority: spec.priority ?? 0,
        defaultAction: spec.defaultAction ?? 'allow',
        rules,
        pointer,
      });
    }
    return planned;
  }

  async #insert(transaction: Transaction, { tenantId }: RequestContext, policies: NewPolicy[]): Promise<void> {
    const rows = policies.map(({ pointer: _, ...policy }) => ({ ...policy, selectedNetworks: selectedNetworks(policy.rules) }));
    await transaction.query(
      `INSERT INTO policy (id, tenant_id, name, labels, network_id, priority, default_action, rules, selected_networks)
       SELECT p.id, $2, p.name, p.labels, p."networkId", p.priority, p."defaultAction", p.rules, p."selectedNetworks"
       FROM jsonb_to_recordset($1::jsonb) AS p (id uuid, name text, labels jsonb, "networkId" uuid, priority int, "defaultAction" text, rules jsonb, "selectedNetworks" uuid[])`,
      [JSON.stringify(rows), tenantId],
    );
    const [full] = await transaction.query<{ name: string }>(
      `SELECT n.name FROM policy p JOIN network n ON n.id = p.network_id WHERE p.network_id = ANY ($1::uuid[]) GROUP BY n.id HAVING count(*) > ${policiesOfNetwork} LIMIT 1`,
      [policies.map(({ networkId }) => networkId)],
    );
    if (full)
      throw fieldError(
        'limit-reached',
        `network ${full.name} can have ${policiesOfNetwork} policies`,
        policies[0]?.pointer('/spec/network') ?? '',
      );
    await transaction.query(
      `INSERT INTO policy_host (policy_id, host_id) SELECT p.id, nh.host_id FROM policy p JOIN network_host nh ON nh.network_id = p.network_id AND NOT nh.gone
       WHERE p.id = ANY ($1::uuid[])`,
      [policies.map(({ id }) => id)],
    );
    await announceToHosts(
      transaction,
      policies.map(({ id }) => id),
    );
    for (const { id, name } of policies) {
      transaction.announce(tenantId, 'policy', id, name);
      transaction.note({ tenantId, kind: 'policy', id, name, type: 'Normal', reason: 'Created', message: `policy ${name} was created` });
    }
  }

  async #remove(transaction: Transaction, { tenantId }: RequestContext, rows: PolicyRow[], force: boolean): Promise<void> {
    const ids = rows.map(({ id }) => id);
    await removePolicies(transaction, ids, { force });
    for (const { id, name } of rows) {
      transaction.announce(tenantId, 'policy', id, name);
      transaction.note({
        tenantId,
        kind: 'policy',
        id,
        name,
        type: 'Normal',
        reason: 'Deleting',
        message: `policy ${name} is being deleted`,
      });
    }
  }

  async #lock(transaction: Transaction, context: RequestContext, ref: string): Promise<PolicyRow> {
    const { names, ids } = splitReferences([ref]);
    const rows = await transaction.query<PolicyRow>(
      'SELECT * FROM policy WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) FOR UPDATE',
      [context.tenantId, names, ids],
    );
    const row = findByReference(rows, ref);
    if (!row) throw notFound('policy', ref);
    assertVersion(context, 'policy', row);
    return row;
  }
}

const selectedNetworks = (rules: DesiredPolicyRule[]): string[] => [
  ...new Set(
    rules.flatMap(({ from, to }) => [from, to].flatMap((selector) => (selector && selector.labels !== null ? [selector.networkId] : []))),
  ),
];

const add = (one: { packets: number; bytes: number }, other = { packets: 0, bytes: 0 }) => ({
  packets: one.packets + other.packets,
  bytes: one.bytes + other.bytes,
});
