import { existsSync, statSync } from 'node:fs';
import { resolverAddress, type QueryCounts, type ResolverState } from '@netyard/contracts';
import {
  headerBytes,
  nameOfKey,
  prepare,
  readQuery,
  typeName,
  writeAnswer,
  writeRefusal,
  type Query,
  type ResponseCode,
} from '@netyard/dns';
import { inNamespace, Namespace } from '@netyard/netlink';
import { forwardedAnswer } from './forwarded-answer';
import { Listener } from './listener';
import type { ZoneSandbox } from './messages';
import { isRedirected, redirectTo, removeRedirect } from './redirect';
import { inheritedText, resolverText, type ResolvConf } from './resolv-conf';
import { ResolvConfFile } from './resolv-conf-file';
import { openPair } from './sockets';
import { Upstream } from './upstream';
import { Upstreams } from './upstreams';
import type { SharedView, Views } from './views';

const recordLimit = 1_000;
const failureLimit = 20;
/** Questions of one sandbox that upstreams are asked at once. */
const forwardLimit = 256;
const tcpBytes = 65_535;

const unknownName = prepare({ found: 'no-name' });

/** What all resolvers of the host share. */
export interface Shared {
  views: Views;
  /** The host's own servers, asked from the host. */
  hostUpstreams(): Upstreams;
  hostResolvConf(): ResolvConf;
  resolvConfDirectories: string[];
}

/** The resolver of one sandbox: its sockets, its view, its upstreams, its resolv.conf(5), and how it has been doing. */
export class SandboxResolver {
  #sandbox: ZoneSandbox | undefined;
  #view: { key: string; shared: SharedView } | undefined;
  #listener: Listener | undefined;
  /** Which namespace the sockets are in: one that was deleted and made again at the same path is another. */
  #namespaceInode = 0;
  #own: { upstreams: Upstreams; namespace: Namespace } | undefined;
  #file: ResolvConfFile | undefined;
  #forwarding = 0;
  readonly #counts: QueryCounts = {
    total: 0,
    answered: 0,
    noData: 0,
    nameError: 0,
    forwarded: 0,
    cached: 0,
    refused: 0,
    formatError: 0,
    serverFailure: 0,
  };
  readonly #failures: ResolverState['failures'] = [];

  constructor(private readonly shared: Shared) {}

  /** Brings everything to what is wanted; may be repeated. Says what had to be put right that was right before. Throws when a part cannot be set up. */
  set(sandbox: ZoneSandbox): string[] {
    const isRepetition = JSON.stringify(sandbox) === JSON.stringify(this.#sandbox);
    const previous = this.#view;
    this.#view = this.shared.views.take(sandbox.networkIds, sandbox.dns.hosts);
    if (previous) this.shared.views.release(previous.key);
    this.#sandbox = sandbox;
    const repaired = this.#listen(sandbox, isRepetition);
    this.#setUpstreams(sandbox);
    this.#writeResolvConf(sandbox);
    return repaired;
  }

  close(): void {
    if (this.#view) this.shared.views.release(this.#view.key);
    this.#view = undefined;
    // What is managed goes with its namespace.
    this.#stopListening(this.#sandbox?.resolvConf?.adopted === false ? undefined : this.#sandbox?.namespacePath);
    this.#own?.namespace.close();
    this.#own = undefined;
    this.#file?.remove();
  }

  state(): ResolverState {
    const { records, count } = this.#view && this.#listener ? this.#view.shared.view.records(recordLimit) : { records: [], count: 0 };
    return {
      listening: this.#listener !== undefined,
      address: this.#listener ? resolverAddress : null,
      resolvConf: this.#file?.read() ?? '',
      records,
      recordCount: count,
      upstreams: this.#listener && this.#sandbox?.upstreams ? this.#upstreams().states : [],
      queries: { ...this.#counts },
      failures: [...this.#failures],
    };
  }

  #listen({ networkIds, namespacePath }: ZoneSandbox, isRepetition: boolean): string[] {
    if (networkIds.length === 0) {
      this.#stopListening(namespacePath);
      return [];
    }
    const inode = statSync(namespacePath).ino;
    if (this.#listener && inode !== this.#namespaceInode) this.#stopListening();
    if (this.#listener && !isRepetition) return [];
    const namespace = Namespace.open(namespacePath);
    try {
      const known = this.#listener;
      if (known && isRedirected(namespace, known.port)) return [];
      const listener = known ?? new Listener(inNamespace(namespace, () => openPair(resolverAddress)), this.#respond);
      this.#listener = listener;
      this.#namespaceInode = inode;
      redirectTo(namespace, listener.port);
      return known ? [`rules of table inet netyard-dns had been changed and were put back`] : [];
    } catch (error) {
      this.#stopListening();
      throw error;
    } finally {
      namespace.close();
    }
  }

  #stopListening(namespacePath?: string): void {
    if (!this.#listener) return;
    this.#listener.close();
    this.#listener = undefined;
    if (namespacePath === undefined || !existsSync(namespacePath)) return;
    const namespace = Namespace.open(namespacePath);
    try {
      removeRedirect(namespace);
    } finally {
      namespace.close();
    }
  }

  #setUpstreams({ dns, namespacePath }: ZoneSandbox): void {
    this.#own?.namespace.close();
    this.#own = undefined;
    if (dns.servers.length === 0) return;
    const namespace = Namespace.open(namespacePath);
    this.#own = { namespace, upstreams: new Upstreams(dns.servers.map((address) => new Upstream(address, namespace))) };
  }

  #upstreams(): Upstreams {
    return this.#own?.upstreams ?? this.shared.hostUpstreams();
  }

  #writeResolvConf({ resolvConf, networkIds, dns }: ZoneSandbox): void {
    if (this.#file && this.#file.path !== resolvConf?.path) this.#file.remove();
    this.#file = undefined;
    if (!resolvConf) return;
    const file = new ResolvConfFile(resolvConf.path, resolvConf.adopted);
    file.write(networkIds.length > 0 ? resolverText(dns) : inheritedText(dns, this.shared.hostResolvConf()), this.shared.resolvConfDirectories);
    this.#file = file;
  }

  readonly #respond = (bytes: Buffer, length: number, out: Buffer, overTcp: boolean, later: (answer: Buffer) => void): number => {
    const query = readQuery(bytes, length);
    if (query === 'drop') return 0;
    this.#counts.total++;
    if (typeof query === 'string') {
      this.#count(query);
      return writeRefusal(out, bytes, query);
    }
    const limit = overTcp ? tcpBytes : query.udpBytes;
    const answer = this.#view?.shared.answer(query.key) ?? null;
    if (answer) {
      if (answer.code === 'NXDOMAIN') this.#counts.nameError++;
      else if (answer.isEmpty) this.#counts.noData++;
      else this.#counts.answered++;
      return writeAnswer(out, bytes, query, answer, limit);
    }
    if (!this.#sandbox?.upstreams) {
      this.#counts.nameError++;
      return writeAnswer(out, bytes, query, unknownName, limit);
    }
    if (this.#forwarding >= forwardLimit) {
      this.#fail(query, `${forwardLimit} questions to upstreams are under way already`);
      return writeRefusal(out, bytes, 'SERVFAIL', query);
    }
    void this.#forward(Buffer.from(bytes.subarray(0, query.end)), query, limit, later);
    return 0;
  };

  async #forward(head: Buffer, query: Query, limit: number, later: (answer: Buffer) => void): Promise<void> {
    this.#forwarding++;
    try {
      const { answer, cached } = await this.#upstreams().ask(query.key, head.subarray(headerBytes));
      if (cached) this.#counts.cached++;
      else this.#counts.forwarded++;
      later(forwardedAnswer(head, query, answer, limit));
    } catch (error) {
      this.#fail(query, error instanceof Error ? error.message : String(error));
      const out = Buffer.alloc(512);
      later(out.subarray(0, writeRefusal(out, head, 'SERVFAIL', query)));
    } finally {
      this.#forwarding--;
    }
  }

  #count(code: ResponseCode): void {
    if (code === 'FORMERR' || code === 'BADVERS') this.#counts.formatError++;
    else this.#counts.refused++;
  }

  #fail({ key }: Query, error: string): void {
    this.#counts.serverFailure++;
    const type = typeName(key.charCodeAt(key.length - 1));
    this.#failures.unshift({ at: new Date().toISOString(), name: nameOfKey(key), type, responseCode: 'SERVFAIL', error });
    if (this.#failures.length > failureLimit) this.#failures.pop();
  }
}
