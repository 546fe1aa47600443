import type {
  Condition,
  DesiredPolicy,
  DesiredPolicyRule,
  DesiredPolicySelector,
  NetworkId,
  PolicyAction,
  PolicyId,
} from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { aggregateReady } from '../objects/conditions';
import { PageQuery } from '../objects/list-page';
import { findByReference, type ObjectRow, splitReferences, toMetadata } from '../objects/object-row';
import type { PolicyDto, PolicyListQuery, PolicyPageDto, PolicyRuleDto, PolicySelectorDto } from './policy.dto';

interface PolicyView extends ObjectRow {
  network_id: string;
  network_name: string;
  priority: number;
  default_action: PolicyAction;
  rules: DesiredPolicyRule[];
  /** Names of the networks in selectors. */
  network_names: Record<string, string>;
  hosts: { host: string; conditions: Condition[] }[];
}

const viewSql = (rows: string, more = ''): string => `
  SELECT p.*, n.name AS network_name, coalesce(s.names, '{}') AS network_names, coalesce(ph.hosts, '[]') AS hosts ${more}
  FROM (${rows}) p JOIN network n ON n.id = p.network_id
  LEFT JOIN LATERAL (SELECT jsonb_object_agg(o.id, o.name) AS names FROM network o WHERE o.id = ANY (p.selected_networks)) s ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('host', h.name, 'conditions', ph.conditions) ORDER BY h.name) AS hosts
    FROM policy_host ph JOIN host h ON h.id = ph.host_id WHERE ph.policy_id = p.id
  ) ph ON true`;

const byIdsSql = viewSql('SELECT * FROM policy WHERE id = ANY ($1::uuid[])');
const byReferenceSql = viewSql('SELECT * FROM policy WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[]))');
const someSql = viewSql('SELECT * FROM policy WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3');

const desiredSql = `
  SELECT p.id, p.generation, p.name, p.deletion_requested_at IS NOT NULL AS deleted, p.network_id, p.priority, p.default_action, p.rules
  FROM policy_host ph JOIN policy p ON p.id = ph.policy_id WHERE ph.host_id = $1`;

type DesiredRow = Pick<PolicyView, 'id' | 'generation' | 'name' | 'network_id' | 'priority' | 'default_action' | 'rules'> & {
  deleted: boolean;
};

/** Reading policies, for the API and for workers. */
@Injectable()
export class PolicyQueries {
  constructor(@Inject(Database) private readonly database: Database) {}

  async byIds(ids: string[], reader: Pick<Transaction, 'query'> = this.database): Promise<PolicyDto[]> {
    return ids.length === 0 ? [] : (await reader.query<PolicyView>(byIdsSql, [ids])).map(toPolicyDto);
  }

  async byReference(tenantId: string, ref: string): Promise<PolicyDto | undefined> {
    const { names, ids } = splitReferences([ref]);
    const row = findByReference(await this.database.query<PolicyView>(byReferenceSql, [tenantId, names, ids]), ref);
    return row && toPolicyDto(row);
  }

  /** Some of all policies of a tenant, those after an id. */
  async some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<PolicyDto[]> {
    return (await reader.query<PolicyView>(someSql, [tenantId, afterId, limit])).map(toPolicyDto);
  }

  async list(tenantId: string, query: PolicyListQuery): Promise<PolicyPageDto> {
    const page = new PageQuery('policy', tenantId, query);
    page.whereRefers('network_id', 'network', query.network);
    const sql = `${viewSql(page.rows, `, ${page.sortKey('p')}`)} ${page.order('p')}`;
    const { rows, nextCursor } = page.page(await this.database.queryOnce<PolicyView & { sort_key: string }>(sql, page.values));
    return { items: rows.map(toPolicyDto), nextCursor };
  }

  /** What is in force on a host; all of it when no ids are given. */
  async desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<DesiredPolicy[]> {
    const rows =
      ids === null
        ? await reader.query<DesiredRow>(desiredSql, [hostId])
        : await reader.query<DesiredRow>(`${desiredSql} AND p.id = ANY ($2::uuid[])`, [hostId, ids]);
    return rows.map((row) => ({
      kind: 'policy',
      id: row.id as PolicyId,
      generation: row.generation,
      name: row.name,
      deleted: row.deleted,
      networkId: row.network_id as NetworkId,
      priority: row.priority,
      defaultAction: row.default_action,
      rules: row.rules,
    }));
  }
}

function toPolicyDto(row: PolicyView): PolicyDto {
  const selector = (desired: DesiredPolicySelector | null): PolicySelectorDto | undefined =>
    desired === null ? undefined : toSelector(desired, row);
  return {
    metadata: toMetadata(row),
    spec: {
      network: row.network_name,
      priority: row.priority,
      defaultAction: row.default_action,
      rules: row.rules.map(({ from, to, ...rule }): PolicyRuleDto => ({
        ...rule,
        ...(from ? { from: selector(from) } : {}),
        ...(to ? { to: selector(to) } : {}),
      })),
    },
    status: { conditions: [aggregateReady(row.hosts, row.generation, row.created_at)], hosts: row.hosts },
  };
}

/** As it was given: what was left out stays so. */
function toSelector({ endpoints, networkId, labels, cidrs }: DesiredPolicySelector, row: PolicyView): PolicySelectorDto {
  const isOther = networkId !== row.network_id || (labels !== null && Object.keys(labels).length === 0);
  return {
    ...(endpoints.length > 0 ? { endpoints } : {}),
    ...(labels !== null && Object.keys(labels).length > 0 ? { labels } : {}),
    ...(cidrs.length > 0 ? { cidrs } : {}),
    ...(labels !== null && isOther ? { network: row.network_names[networkId] ?? row.network_name } : {}),
  };
}
