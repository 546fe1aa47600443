import type { ProbeKind, ProbeSpec } from '@netyard/contracts';
import { Address } from '@netyard/inet';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { Answer } from '../http/answer';
import type { RequestContext } from '../http/request-context';
import { pendingConditions } from '../objects/conditions';
import {
  assertStaying,
  fieldError,
  findByReference,
  newMetadata,
  notFound,
  splitReferences,
  unknownReference,
} from '../objects/object-row';
import { countProbe } from '../tenants/quotas';
import { Settling } from '../objects/settling';
import type { CreateProbeDto, ProbeDto, ProbeListQuery, ProbePageDto, ProbeSpecDto } from './probe.dto';
import { ProbeQueries } from './probe.queries';

/** How long a worker may take to begin, on top of the probe's own time. */
const graceMs = 5_000;
const defaultTimeoutMs = 10_000;
/** The longest that an answer is held: RFC 7240 waits, and the longest probe with its grace. */
const mostWaitSeconds = 60;

@Injectable()
export class ProbesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProbeQueries) private readonly queries: ProbeQueries,
    @Inject(Settling) private readonly settling: Settling,
  ) {}

  list({ tenantId }: RequestContext, query: ProbeListQuery): Promise<ProbePageDto> {
    return this.queries.list(tenantId, query);
  }

  async get({ tenantId }: RequestContext, ref: string): Promise<ProbeDto> {
    const probe = await this.queries.byReference(tenantId, ref);
    if (!probe) throw notFound('probe', ref);
    return probe;
  }

  async create(context: RequestContext, { metadata, spec: asked }: CreateProbeDto): Promise<Answer<ProbeDto>> {
    const spec = parseSpec(asked);
    const limitMs = (spec.timeoutMs ?? defaultTimeoutMs) + graceMs;
    const waitSeconds = context.respondAsync ? null : (context.waitSeconds ?? Math.min(mostWaitSeconds, limitMs / 1000));
    return this.settling.watching(async (watch) => {
      const { id, name, labels } = newMetadata('probe', metadata);
      watch.add(id);
      try {
        await this.#insert(context, { id, name, labels }, spec, limitMs);
      } catch (error) {
        throw databaseFault(error).constraint === 'probe_name_key'
          ? fieldError('name-taken', `there is a probe ${name} already`, '/metadata/name')
          : error;
      }
      const [probe] = await this.settling.settle(watch, [id], waitSeconds, {
        load: (ids) => this.queries.byIds(ids),
        idOf: (dto) => dto.metadata.id,
        isSettled: (dto) => dto.status.finishedAt !== null,
      });
      if (!probe) throw notFound('probe', name);
      return new Answer(probe.status.finishedAt === null ? 202 : 201, probe, Settling.applied(context));
    });
  }

  async remove({ tenantId }: RequestContext, ref: string): Promise<Answer<never>> {
    const probe = await this.queries.byReference(tenantId, ref);
    if (!probe) throw notFound('probe', ref);
    const { id, name } = probe.metadata;
    await this.database.inTransaction(async (transaction) => {
      await transaction.query('DELETE FROM probe WHERE id = $1', [id]);
      transaction.announce(tenantId, 'probe', id, name);
    });
    return Answer.gone();
  }

  async #insert(
    { tenantId }: RequestContext,
    { id, name, labels }: { id: string; name: string; labels: Record<string, string> },
    spec: ProbeSpec,
    limitMs: number,
  ): Promise<void> {
    await this.database.inTransaction(async (transaction) => {
      const refs = splitReferences([spec.sandbox]);
      const rows = await transaction.query<{ id: string; name: string; host_id: string; deletion_requested_at: Date | null }>(
        'SELECT id, name, host_id, deletion_requested_at FROM sandbox WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) FOR KEY SHARE',
        [tenantId, refs.names, refs.ids],
      );
      const sandbox = findByReference(rows, spec.sandbox);
      if (!sandbox) throw unknownReference('sandbox', spec.sandbox, '/spec/sandbox');
      assertStaying('sandbox', sandbox, '/spec/sandbox');
      await countProbe(transaction, tenantId);
      await transaction.query(
        `INSERT INTO probe (id, tenant_id, name, labels, sandbox_id, host_id, spec, expires_at, conditions) VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8), $9)`,
        [
          id,
          tenantId,
          name,
          labels,
          sandbox.id,
          sandbox.host_id,
          { ...spec, sandbox: sandbox.name },
          limitMs / 1000,
          JSON.stringify(pendingConditions('The probe has not finished yet.')),
        ],
      );
      transaction.announce(sandbox.host_id, 'probe', id, name);
      transaction.announce(tenantId, 'probe', id, name);
    });
  }
}

/** Fields that only some kinds of probe have. */
const fieldKinds = {
  port: ['tcp', 'udp-dns', 'http'],
  count: ['ping'],
  query: ['udp-dns'],
  queryType: ['udp-dns'],
  path: ['http'],
  maxHops: ['trace'],
} as const satisfies Partial<Record<keyof ProbeSpec, readonly ProbeKind[]>>;

const hostNamePattern = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

function parseSpec(asked: ProbeSpecDto): ProbeSpec {
  const spec: ProbeSpec = { ...asked };
  for (const [field, kinds] of Object.entries(fieldKinds) as [keyof typeof fieldKinds, readonly ProbeKind[]][]) {
    if (spec[field] === undefined) delete spec[field];
    else if (!kinds.includes(spec.kind))
      throw fieldError('invalid-value', `a probe of kind ${spec.kind} has no ${field}`, `/spec/${field}`);
  }
  const mayBeName = spec.kind !== 'udp-dns';
  if (!Address.parse(spec.target) && !(mayBeName && hostNamePattern.test(spec.target))) {
    throw fieldError('invalid-value', `"${spec.target}" is no IP address${mayBeName ? ' and no host name' : ''}`, '/spec/target');
  }
  if (spec.kind === 'tcp' && spec.port === undefined) throw fieldError('invalid-value', 'a probe of kind tcp needs a port', '/spec/port');
  if (spec.kind === 'udp-dns' && spec.query === undefined)
    throw fieldError('invalid-value', 'a probe of kind udp-dns needs a query', '/spec/query');
  return { ...spec, timeoutMs: spec.timeoutMs ?? defaultTimeoutMs, ...defaultsOf(spec) };
}

function defaultsOf(spec: ProbeSpec): Partial<ProbeSpec> {
  switch (spec.kind) {
    case 'ping':
      return { count: spec.count ?? 3 };
    case 'tcp':
      return {};
    case 'udp-dns':
      return { port: spec.port ?? 53, queryType: spec.queryType ?? 'A' };
    case 'http':
      return { port: spec.port ?? 80, path: spec.path ?? '/' };
    case 'trace':
      return { maxHops: spec.maxHops ?? 16 };
  }
}
