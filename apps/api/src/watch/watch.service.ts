import { NetyardError, objectKinds, type ObjectKind } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Database } from '../database/database';
import { asSeenBy } from '../database/scope';
import type { Transaction } from '../database/transaction';
import { EndpointQueries } from '../endpoints/endpoint.queries';
import { EventStream, type StreamEvent } from '../feed/event-stream';
import { FeedHub } from '../feed/feed-hub';
import { type FeedBatch, FeedLog, parseEventId, toEventId } from '../feed/feed-log';
import { followStream } from '../feed/follow';
import { HostQueries } from '../hosts/host.queries';
import type { MetadataDto } from '../http/metadata.dto';
import type { RequestContext } from '../http/request-context';
import { NetworkQueries } from '../networks/network.queries';
import { LabelSelector } from '../objects/label-selector';
import { PolicyQueries } from '../policies/policy.queries';
import { PortQueries } from '../ports/port.queries';
import { ProbeQueries } from '../probes/probe.queries';
import { RouterQueries } from '../routers/router.queries';
import { SandboxQueries } from '../sandboxes/sandbox.queries';
import type { WatchQuery } from './watch.dto';
import { WatchLimit } from './watch-limit';

interface Watched {
  metadata: MetadataDto;
}

/** What each kind's queries have for this. */
interface WatchedQueries {
  byIds(ids: string[], reader?: Pick<Transaction, 'query'>): Promise<Watched[]>;
  some(reader: Transaction, tenantId: string, afterId: string, limit: number): Promise<Watched[]>;
}

interface Filter {
  kinds: readonly ObjectKind[];
  selector: LabelSelector | undefined;
  /** As whoever follows may see it. */
  queries: Record<ObjectKind, WatchedQueries>;
}

const chunk = 500;
const lowestId = '00000000-0000-0000-0000-000000000000';

/** Streams a tenant's objects to clients: everything there is, then every change. */
@Injectable()
export class WatchService {
  readonly #queries: Record<Exclude<ObjectKind, 'host'>, WatchedQueries>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FeedHub) readonly hub: FeedHub,
    @Inject(FeedLog) readonly log: FeedLog,
    @Inject(HostQueries) private readonly hosts: HostQueries,
    @Inject(RouterQueries) router: RouterQueries,
    @Inject(NetworkQueries) network: NetworkQueries,
    @Inject(SandboxQueries) sandbox: SandboxQueries,
    @Inject(EndpointQueries) endpoint: EndpointQueries,
    @Inject(PortQueries) port: PortQueries,
    @Inject(PolicyQueries) policy: PolicyQueries,
    @Inject(ProbeQueries) probe: ProbeQueries,
    @Inject(WatchLimit) private readonly limit: WatchLimit,
  ) {
    this.#queries = { router, network, sandbox, endpoint, port, policy, probe };
  }

  /** Follows until the client goes. Throws NetyardError `watch-expired` when the client's place in the stream is forgotten, and `rate-limited` when its token has as many watches as it may. */
  async follow(
    context: RequestContext,
    { kinds = [...objectKinds], labelSelector }: WatchQuery,
    lastEventId: string | undefined,
    response: Response,
  ): Promise<void> {
    const { tenantId } = context;
    const filter: Filter = {
      kinds,
      selector: labelSelector === undefined ? undefined : LabelSelector.parse(labelSelector),
      queries: { ...this.#queries, host: this.hosts.seenBy(context) },
    };
    const cursor = lastEventId === undefined ? undefined : (parseEventId(tenantId, lastEventId) ?? -1);
    if (cursor !== undefined && (cursor < 0 || !(await this.log.canResume(tenantId, cursor)))) {
      throw new NetyardError('watch-expired', `the changes after ${lastEventId} are not known any more: watch anew without Last-Event-ID`);
    }
    const close = this.limit.open(context.principal);
    try {
      await asSeenBy(context, () => this.#follow(tenantId, filter, cursor, response));
    } finally {
      close();
    }
  }

  async #follow(tenantId: string, filter: Filter, cursor: number | undefined, response: Response): Promise<void> {
    const output = new EventStream(response, this.hub.stopping);
    const revision =
      cursor === undefined
        ? await this.limit.inTurn(tenantId, () => this.#snapshot(tenantId, filter, output))
        : await this.#missed(tenantId, filter, cursor, output);
    await followStream(this, tenantId, revision, output, async (batch) => output.send(await this.#changes(tenantId, filter, batch)));
  }

  async #snapshot(tenantId: string, filter: Filter, output: EventStream): Promise<number> {
    return this.database.inSnapshot(async (transaction) => {
      const revision = (await this.log.revision(transaction, tenantId)) ?? 0;
      await output.send([{ event: 'snapshot', data: {} }]);
      for (const kind of filter.kinds) {
        let after = lowestId;
        for (
          let some = await filter.queries[kind].some(transaction, tenantId, after, chunk);
          some.length > 0;
          some = await filter.queries[kind].some(transaction, tenantId, after, chunk)
        ) {
          await output.send(
            some.filter(({ metadata }) => filter.selector?.matches(metadata.labels) ?? true).map((object) => upsert(kind, object)),
          );
          after = some.at(-1)?.metadata.id ?? after;
          if (some.length < chunk || output.closed.aborted) break;
        }
      }
      await output.send([{ event: 'in-sync', id: toEventId(tenantId, revision), data: {} }]);
      return revision;
    });
  }

  async #missed(tenantId: string, filter: Filter, cursor: number, output: EventStream): Promise<number> {
    let revision = cursor;
    for (let batch = await this.log.after(tenantId, revision); batch; batch = await this.log.after(tenantId, revision)) {
      await output.send(await this.#changes(tenantId, filter, batch));
      revision = batch.revision;
    }
    await output.send([{ event: 'in-sync', id: toEventId(tenantId, revision), data: {} }]);
    return revision;
  }

  /** In the order of the changes. What no longer matches the selector is told as deleted. */
  async #changes(tenantId: string, { kinds, selector, queries }: Filter, { changes }: FeedBatch): Promise<StreamEvent[]> {
    const wanted = changes.flatMap(({ kind, ...change }) => (isObjectKind(kind) && kinds.includes(kind) ? [{ ...change, kind }] : []));
    const found = new Map<string, Watched>();
    for (const kind of new Set(wanted.map((change) => change.kind))) {
      const ids = wanted.filter((change) => change.kind === kind).map(({ id }) => id);
      for (const object of await queries[kind].byIds(ids)) found.set(object.metadata.id, object);
    }
    return wanted.map(({ kind, id, name, revision }) => {
      const object = found.get(id);
      const matches = object !== undefined && (selector?.matches(object.metadata.labels) ?? true);
      const eventId = toEventId(tenantId, revision);
      return matches ? { ...upsert(kind, object), id: eventId } : { event: 'delete', id: eventId, data: { kind, id, name } };
    });
  }
}

const isObjectKind = (kind: string): kind is ObjectKind => (objectKinds as readonly string[]).includes(kind);

const upsert = (kind: ObjectKind, object: Watched): StreamEvent => ({ event: 'upsert', data: { kind, ...object } });
