import type { Desired, DesiredKind, FeedMessage, HostId } from '@netyard/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Database } from '../database/database';
import type { Transaction } from '../database/transaction';
import { EndpointQueries } from '../endpoints/endpoint.queries';
import { KeyQueries } from '../encryption/key.queries';
import { EventStream, type StreamEvent } from '../feed/event-stream';
import { FeedHub } from '../feed/feed-hub';
import { type FeedBatch, FeedLog, parseEventId, toEventId } from '../feed/feed-log';
import { followStream } from '../feed/follow';
import { NetworkQueries } from '../networks/network.queries';
import { PeerQueries } from '../overlay/peer.queries';
import { notFound } from '../objects/object-row';
import { InquiryQueries } from '../inquiries/inquiry.queries';
import { PolicyQueries } from '../policies/policy.queries';
import { PortQueries } from '../ports/port.queries';
import { ProbeQueries } from '../probes/probe.queries';
import { RouterQueries } from '../routers/router.queries';
import { SandboxQueries } from '../sandboxes/sandbox.queries';
import { HostQueries } from './host.queries';

const messageEvent = (message: FeedMessage, id?: string): StreamEvent => (id === undefined ? { data: message } : { id, data: message });

const hostCheckMs = 60_000;

/** Streams to a worker what its host is to realise (see FeedMessage in contracts). */
@Injectable()
export class WorkerFeed {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FeedHub) readonly hub: FeedHub,
    @Inject(FeedLog) readonly log: FeedLog,
    @Inject(HostQueries) private readonly hosts: HostQueries,
    @Inject(RouterQueries) private readonly routers: RouterQueries,
    @Inject(NetworkQueries) private readonly networks: NetworkQueries,
    @Inject(SandboxQueries) private readonly sandboxes: SandboxQueries,
    @Inject(EndpointQueries) private readonly endpoints: EndpointQueries,
    @Inject(PeerQueries) private readonly peers: PeerQueries,
    @Inject(KeyQueries) private readonly keys: KeyQueries,
    @Inject(PortQueries) private readonly ports: PortQueries,
    @Inject(PolicyQueries) private readonly policies: PolicyQueries,
    @Inject(InquiryQueries) private readonly inquiries: InquiryQueries,
    @Inject(ProbeQueries) private readonly probes: ProbeQueries,
  ) {}

  /** Follows until the worker goes. Throws NetyardError `not-found` for a host that is not registered. */
  async follow(ref: string, lastEventId: string | undefined, response: Response): Promise<void> {
    const host = await this.hosts.rowByReference(ref);
    if (!host) throw notFound('host', ref);
    const cursor = parseEventId(host.id, lastEventId);
    const start =
      cursor !== undefined && (await this.log.canResume(host.id, cursor))
        ? await this.#resume(host.id, cursor)
        : await this.#snapshot(host.id);
    const output = new EventStream(response, this.hub.stopping);
    await output.send(start.events);
    void this.#endWithHost(host.id, output);
    await followStream(this, host.id, start.revision, output, async (batch) => output.send(await this.#changes(host.id, batch)));
  }

  /** Ends the stream when the host is forgotten: a worker that still runs then registers it anew, and follows that one. */
  async #endWithHost(hostId: string, output: EventStream): Promise<void> {
    const watch = this.hub.watchObjects();
    watch.add(hostId);
    output.closed.addEventListener('abort', () => watch.changedAll());
    try {
      while (!output.closed.aborted) {
        const changed = await watch.next(hostCheckMs);
        if (changed.length > 0 && !output.closed.aborted && (await this.hosts.rowByReference(hostId)) === undefined) output.end();
      }
    } catch {
      // The database is away: the worker is better served by another connection.
      output.end();
    } finally {
      watch.close();
    }
  }

  /** What was missed, then in-sync. */
  async #resume(hostId: string, cursor: number): Promise<{ revision: number; events: StreamEvent[] }> {
    const events = [messageEvent({ type: 'resume', hostId: hostId as HostId })];
    let revision = cursor;
    for (let batch = await this.log.after(hostId, revision); batch; batch = await this.log.after(hostId, revision)) {
      events.push(...(await this.#changes(hostId, batch)));
      revision = batch.revision;
    }
    events.push(messageEvent({ type: 'in-sync' }, toEventId(hostId, revision)));
    return { revision, events };
  }

  /** Everything, as of one moment, then in-sync. */
  async #snapshot(hostId: string): Promise<{ revision: number; events: StreamEvent[] }> {
    return this.database.inSnapshot(async (transaction) => {
      const revision = (await this.log.revision(transaction, hostId)) ?? 0;
      const objects = await this.#desired(transaction, hostId, null);
      const events = [
        messageEvent({ type: 'snapshot', hostId: hostId as HostId }),
        ...objects.map((object) => messageEvent({ type: 'upsert', object })),
        messageEvent({ type: 'in-sync' }, toEventId(hostId, revision)),
      ];
      return { revision, events };
    });
  }

  /** The objects of a batch as they are now, networks and sandboxes before the endpoints that need them; ids rise, so that each is a place to resume from. */
  async #changes(hostId: string, { revision, changes }: FeedBatch): Promise<StreamEvent[]> {
    const idsOf = (kind: DesiredKind | 'peers'): string[] => changes.filter((change) => change.kind === kind).map(({ id }) => id);
    const objects = await this.#desired(this.database, hostId, idsOf);
    const found = new Set<string>(objects.map(({ kind, id }) => `${kind} ${id}`));
    const messages: FeedMessage[] = objects.map((object) => ({ type: 'upsert', object }));
    for (const { kind, id } of changes)
      if (kind !== 'host' && kind !== 'probe' && kind !== 'inquiry' && kind !== 'peers' && !found.has(`${kind} ${id}`))
        messages.push({ type: 'delete', kind, id });
    return messages.map((message, index) => messageEvent(message, index === messages.length - 1 ? toEventId(hostId, revision) : undefined));
  }

  async #desired(
    reader: Pick<Transaction, 'query'>,
    hostId: string,
    idsOf: ((kind: DesiredKind | 'peers') => string[]) | null,
  ): Promise<Desired[]> {
    const load = async (
      kind: DesiredKind,
      queries: { desired(reader: Pick<Transaction, 'query'>, hostId: string, ids: string[] | null): Promise<Desired[]> },
    ): Promise<Desired[]> => {
      const ids = idsOf === null ? null : idsOf(kind);
      return ids?.length === 0 ? [] : queries.desired(reader, hostId, ids);
    };
    // One after another: they may share a connection.
    return [
      // Before what stands in them.
      ...(await load('router', this.routers)),
      ...(await load('network', this.networks)),
      ...(await load('sandbox', this.sandboxes)),
      // Before the endpoints that they are for: no endpoint stands without its policies.
      ...(await load('policy', this.policies)),
      // Before the peers that are reached by them.
      ...(await load('key', this.keys)),
      // Whoever joins reaches all others at once.
      ...(await this.peers.desired(reader, hostId, idsOf === null ? { all: true } : { ids: idsOf('peer'), networkIds: idsOf('peers') })),
      ...(await load('endpoint', this.endpoints)),
      ...(await load('port', this.ports)),
      ...(await load('probe', this.probes)),
      ...(await load('inquiry', this.inquiries)),
    ];
  }
}
