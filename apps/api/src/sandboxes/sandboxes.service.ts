import { isDeepStrictEqual } from 'node:util';
import { noDnsSettings, type DnsSettings, type SandboxNamespace } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { assertNamespaceGranted } from '../access/grants';
import { Database } from '../database/database';
import { databaseFault } from '../database/database-fault';
import { acrossTenants } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { mergeDnsSettings } from '../dns/dns-settings.dto';
import { Answer } from '../http/answer';
import type { BulkDeleteDto, BulkDeleteResultDto } from '../http/bulk.dto';
import type { DeleteQuery } from '../http/delete.dto';
import { assertTaking, findHosts } from '../hosts/host-visibility';
import type { RequestContext } from '../http/request-context';
import { pendingConditions } from '../objects/conditions';
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
import { Removals } from '../objects/removals';
import { nameTaken } from '../objects/name-taken';
import { reserve } from '../tenants/quotas';
import { Settling, whenReady, type Settled } from '../objects/settling';
import type {
  CreateSandboxDto,
  NamespaceDto,
  PatchSandboxDto,
  SandboxDto,
  SandboxListDto,
  SandboxListQuery,
  SandboxPageDto,
} from './sandbox.dto';
import { type MovableSandbox, SandboxMoves } from './sandbox-moves';
import { SandboxQueries } from './sandbox.queries';

type SandboxRow = ObjectRow & MovableSandbox & { dns: DnsSettings };

interface NewSandbox {
  id: string;
  name: string;
  labels: Record<string, string>;
  hostId: string;
  hostName: string;
  namespace: SandboxNamespace;
  dns: DnsSettings;
  resolvConfPath: string | null;
  pointer(path: string): string;
}

@Injectable()
export class SandboxesService {
  readonly #look: Settled<SandboxDto>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SandboxQueries) private readonly queries: SandboxQueries,
    @Inject(Removals) private readonly removals: Removals,
    @Inject(SandboxMoves) private readonly moves: SandboxMoves,
    @Inject(Settling) private readonly settling: Settling,
  ) {
    this.#look = whenReady(queries);
  }

  list({ tenantId }: RequestContext, query: SandboxListQuery): Promise<SandboxPageDto> {
    return this.queries.list(tenantId, query);
  }

  async get({ tenantId }: RequestContext, ref: string): Promise<SandboxDto> {
    const sandbox = await this.queries.byReference(tenantId, ref);
    if (!sandbox) throw notFound('sandbox', ref);
    return sandbox;
  }

  async create(context: RequestContext, dto: CreateSandboxDto): Promise<Answer<SandboxDto>> {
    const [sandbox] = await this.#create(context, [dto], singlePointer);
    return new Answer(201, sandbox, Settling.applied(context));
  }

  async createMany(context: RequestContext, dtos: CreateSandboxDto[]): Promise<Answer<SandboxListDto>> {
    return new Answer(201, { items: await this.#create(context, dtos, bulkPointer) }, Settling.applied(context));
  }

  async patch(context: RequestContext, ref: string, { metadata, spec }: PatchSandboxDto): Promise<Answer<SandboxDto>> {
    const [sandbox] = await this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        assertStaying('sandbox', row);
        const dns = mergeDnsSettings(row.dns, spec?.dns ?? {}, '/spec/dns');
        watch.add(row.id);
        const isMoved = spec?.host !== undefined && (await this.moves.begin(transaction, row, spec.host));
        const isNewSpec = isMoved || !isDeepStrictEqual(dns, row.dns);
        await transaction.query(
          'UPDATE sandbox SET labels = $2, dns = $3, generation = generation + $4, resource_version = resource_version + 1 WHERE id = $1',
          [row.id, mergeLabels(row.labels, metadata?.labels), dns, isNewSpec ? 1 : 0],
        );
        if (isNewSpec) transaction.announce(row.host_id, 'sandbox', row.id, row.name);
        transaction.announce(context.tenantId, 'sandbox', row.id, row.name);
        return row.id;
      });
      return this.settling.settle(watch, [id], context.waitSeconds, this.#look);
    });
    if (!sandbox) throw notFound('sandbox', ref);
    return new Answer(200, sandbox, Settling.applied(context));
  }

  async remove(context: RequestContext, ref: string, { force = false }: DeleteQuery): Promise<Answer<SandboxDto>> {
    const [sandbox] = await this.settling.watching(async (watch) => {
      const id = await this.database.inTransaction(async (transaction) => {
        const row = await this.#lock(transaction, context, ref);
        if (!force) assertStaying('sandbox', row);
        watch.add(row.id);
        await this.removals.removeSandboxes(transaction, [row], { force });
        return row.id;
      });
      return this.settling.settle(watch, [id], context.waitSeconds, this.#look);
    });
    return Settling.removed(context, sandbox);
  }

  async removeMany(context: RequestContext, request: BulkDeleteDto): Promise<Answer<BulkDeleteResultDto>> {
    return this.settling.watching(async (watch) => {
      const ids = await this.database.inTransaction(async (transaction) => {
        const rows = await selectForDeletion<SandboxRow>(transaction, 'sandbox', context.tenantId, request);
        if (request.dryRun) return rows.map(({ id }) => id);
        for (const row of rows) assertStaying('sandbox', row);
        watch.add(...rows.map(({ id }) => id));
        await this.removals.removeSandboxes(transaction, rows, { force: false });
        return rows.map(({ id }) => id);
      });
      if (request.dryRun) return new Answer(200, { count: ids.length, pending: [] });
      const left = await this.settling.settle(watch, ids, context.waitSeconds, this.#look);
      return new Answer(
        200,
        { count: ids.length, pending: left.flatMap((sandbox) => sandbox?.metadata.id ?? []) },
        Settling.applied(context),
      );
    });
  }

  async #create(context: RequestContext, dtos: CreateSandboxDto[], pointerTo: PointerTo): Promise<SandboxDto[]> {
    return this.settling.watching(async (watch) => {
      let sandboxes: NewSandbox[] = [];
      try {
        await this.database.inTransaction(async (transaction) => {
          sandboxes = await this.#plan(transaction, context, dtos, pointerTo);
          watch.add(...sandboxes.map(({ id }) => id));
          await reserve(transaction, context.tenantId, [{ kind: 'sandboxes', count: sandboxes.length, pointer: '' }]);
          await this.#insert(transaction, context, sandboxes);
        });
      } catch (error) {
        throw await this.#translate(context, error, sandboxes);
      }
      const made = await this.settling.settle(
        watch,
        sandboxes.map(({ id }) => id),
        context.waitSeconds,
        this.#look,
      );
      return made.filter((sandbox) => sandbox !== undefined);
    });
  }

  /** Says which constraint was in the way, in the words of the request. */
  async #translate({ tenantId }: RequestContext, error: unknown, sandboxes: NewSandbox[]): Promise<unknown> {
    const { constraint } = databaseFault(error);
    if (constraint === 'sandbox_name_key') return nameTaken(this.database, 'sandbox', tenantId, sandboxes);
    if (constraint === 'sandbox_adopted_key') {
      const culprit = await this.#secondIn('adopted', sandboxes);
      const detail = `that namespace of host ${culprit?.hostName} is adopted by another sandbox already`;
      return fieldError('in-use', detail, culprit?.pointer('/spec/namespace') ?? '');
    }
    if (constraint === 'sandbox_one_host_stack_key') {
      const culprit = await this.#secondIn('host', sandboxes);
      const detail = `host ${culprit?.hostName} has a sandbox of type host already: there is one stack to share`;
      return fieldError('limit-reached', detail, culprit?.pointer('/spec/namespace/type') ?? '');
    }
    return error;
  }

  /** The one whose namespace another sandbox has, be it another tenant's or one of the request. */
  async #secondIn(type: 'adopted' | 'host', sandboxes: NewSandbox[]): Promise<NewSandbox | undefined> {
    const candidates = sandboxes.filter(({ namespace }) => namespace.type === type);
    const taken = await acrossTenants(() =>
      this.database.query<{ host_id: string; namespace: SandboxNamespace }>(
        `SELECT host_id, namespace FROM sandbox WHERE host_id = ANY ($1::uuid[]) AND namespace ->> 'type' = $2`,
        [candidates.map(({ hostId }) => hostId), type],
      ),
    );
    const isSame = (one: NewSandbox) => (other: { host_id: string; namespace: SandboxNamespace }) =>
      other.host_id === one.hostId && isDeepStrictEqual(other.namespace, one.namespace);
    return candidates.find((one) => taken.some(isSame(one))) ?? candidates.at(-1);
  }

  async #plan(transaction: Transaction, context: RequestContext, dtos: CreateSandboxDto[], pointerTo: PointerTo): Promise<NewSandbox[]> {
    const refs = [...new Set(dtos.map(({ spec }) => spec.host))];
    const hosts = await findHosts(transaction, context.tenantId, refs);
    await assertTaking(transaction, context.tenantId, hosts, (name) =>
      pointerTo(
        dtos.findIndex(({ spec }) => findByReference(hosts, spec.host)?.name === name),
        '/spec/host',
      ),
    );
    return dtos.map(({ metadata, spec }, index) => {
      const pointer = (path: string): string => pointerTo(index, path);
      assertNamespaceGranted(context, spec.namespace?.type ?? 'managed', pointer('/spec/namespace/type'));
      const host = findByReference(hosts, spec.host);
      if (!host) throw unknownReference('host', spec.host, pointer('/spec/host'));
      return {
        ...newMetadata('sandbox', metadata),
        hostId: host.id,
        hostName: host.name,
        namespace: parseNamespace(spec.namespace, pointer),
        dns: mergeDnsSettings(noDnsSettings, spec.dns ?? {}, pointer('/spec/dns')),
        resolvConfPath: parseResolvConfPath(spec, pointer),
        pointer,
      };
    });
  }

  async #insert(transaction: Transaction, { tenantId }: RequestContext, sandboxes: NewSandbox[]): Promise<void> {
    const rows = sandboxes.map(({ hostName, pointer: _, ...sandbox }) => ({
      ...sandbox,
      conditions: pendingConditions(`host ${hostName} has not reported yet`),
    }));
    await transaction.query(
      `INSERT INTO sandbox (id, tenant_id, name, labels, host_id, namespace, dns, resolv_conf_path, conditions)
       SELECT s.id, $2, s.name, s.labels, s."hostId", s.namespace, s.dns, s."resolvConfPath", s.conditions
       FROM jsonb_to_recordset($1::jsonb) AS s (id uuid, name text, labels jsonb, "hostId" uuid, namespace jsonb, dns jsonb, "resolvConfPath" text, conditions jsonb)`,
      [JSON.stringify(rows), tenantId],
    );
    for (const { id, name, hostId, hostName } of sandboxes) {
      transaction.announce(hostId, 'sandbox', id, name);
      transaction.announce(tenantId, 'sandbox', id, name);
      transaction.note({
        tenantId,
        kind: 'sandbox',
        id,
        name,
        type: 'Normal',
        reason: 'Created',
        message: `sandbox ${name} was created on host ${hostName}`,
      });
    }
  }

  async #lock(transaction: Transaction, context: RequestContext, ref: string): Promise<SandboxRow> {
    const { names, ids } = splitReferences([ref]);
    const rows = await transaction.query<SandboxRow>(
      'SELECT * FROM sandbox WHERE tenant_id = $1 AND (name = ANY ($2) OR id = ANY ($3::uuid[])) FOR UPDATE',
      [context.tenantId, names, ids],
    );
    const row = findByReference(rows, ref);
    if (!row) throw notFound('sandbox', ref);
    assertVersion(context, 'sandbox', row);
    return row;
  }
}

function parseNamespace({ type, path, pid }: NamespaceDto = { type: 'managed' }, pointer: (path: string) => string): SandboxNamespace {
  if (type !== 'adopted') {
    if (path !== undefined) throw fieldError('invalid-value', `a namespace of type ${type} has no path`, pointer('/spec/namespace/path'));
    if (pid !== undefined) throw fieldError('invalid-value', `a namespace of type ${type} has no pid`, pointer('/spec/namespace/pid'));
    return { type };
  }
  if ((path === undefined) === (pid === undefined))
    throw fieldError('invalid-value', 'an adopted namespace is named by either path or pid', pointer('/spec/namespace'));
  if (pid !== undefined) return { type, pid };
  if (path === undefined || !/^\/[^\0]+$/.test(path) || path.split('/').includes('..')) {
    throw fieldError('invalid-value', `"${path}" is no absolute path without ".."`, pointer('/spec/namespace/path'));
  }
  return { type, path };
}

/** Only containers have a file of their own that is to be written. Throws NetyardError. */
function parseResolvConfPath(
  { namespace, resolvConfPath = null }: CreateSandboxDto['spec'],
  pointer: (path: string) => string,
): string | null {
  if (resolvConfPath === null) return null;
  if (namespace?.type !== 'adopted')
    throw fieldError(
      'invalid-value',
      'only a sandbox of namespace type adopted has a resolv.conf of its own',
      pointer('/spec/resolvConfPath'),
    );
  if (!/^\/[^\0]*\/resolv\.conf$/.test(resolvConfPath) || resolvConfPath.split('/').some((part) => part === '..' || part === '.'))
    throw fieldError('invalid-value', `"${resolvConfPath}" is no absolute path of a file resolv.conf`, pointer('/spec/resolvConfPath'));
  return resolvConfPath;
}
