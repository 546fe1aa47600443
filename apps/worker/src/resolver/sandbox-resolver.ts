import { statSync } from 'node:fs';
import { resolverAddress, type QueryCounts, type ResolverState } from '@netyard/contracts';
import { headerBytes, nameOfKey, readQuery, typeName, writeAnswer, writeRefusal, type Query, type ResponseCode } from '@netyard/dns';
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
import { unknownName, type SharedView, type Views } from './views';

const recordLimit = 1_000;
const failureLimit = 20;
/** Questions of one sandbox that upstreams are asked at once. */
const forwardLimit = 128;
/** And of all sandboxes together: each has a socket. */
const totalForwardLimit = 256;
const tcpBytes = 65_535;

/** What all resolvers of the host share. */
export interface Shared {
  views: Views;
  /** The host's own servers, asked from the host. */
  hostUpstreams(): Upstreams;
  hostResolvConf(): ResolvConf;
  resolvConfDirectories: string[];
  /** Questions that upstreams are asked at this moment. */
  forwarding: number;
}

/** The resolver of one sandbox: its sockets, its view, its upstreams, its resolv.conf(5), and how it has been doing. */
export class SandboxResolver {
  #sandbox: ZoneSandbox | undefined;
  #view: { key: string; shared: SharedView } | undefined;
  #listener: Listener | undefined;
  /** Which namespace the sockets are in: one that was deleted and made again at the same path is another. */
  #namespaceInode = 0;
  #own: { upstreams: Upstreams; namespace: Namespace; servers: string } | undefined;
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

  /** Ends everything, one part after the other, and gives what failed. */
  close(): Error[] {
    if (this.#view) this.shared.views.release(this.#view.key);
    this.#view = undefined;
    // What is managed goes with its namespace.
    const namespacePath = this.#sandbox?.resolvConf?.adopted === false ? undefined : this.#sandbox?.namespacePath;
    const parts = [() => this.#stopListening(namespacePath), () => this.#closeUpstreams(), () => this.#file?.remove()];
    return parts.flatMap((end) => {
      try {
        end();
        return [];
      } catch (error) {
        return [error instanceof Error ? error : new Error(String(error))];
      }
    });
  }

  state(): ResolverState {
    const isServing = this.#listener !== undefined && (this.#sandbox?.networkIds.length ?? 0) > 0;
    const { records, count } = this.#view && isServing ? this.#view.shared.view.records(recordLimit) : { records: [], count: 0 };
    return {
      listening: isServing,
      address: isServing ? resolverAddress : null,
      resolvConf: this.#file?.read() ?? '',
      records,
      recordCount: count,
      upstreams: isServing && this.#sandbox?.upstreams ? this.#upstreams().states : [],
      queries: { ...this.#counts },
      failures: [...this.#failures],
    };
  }

  #listen({ networkIds, namespacePath }: ZoneSandbox, isRepetition: boolean): string[] {
    // Once opened, the sockets stay as long as the sandbox: it may join again soon, and its resolv.conf does not name them meanwhile.
    if (networkIds.length === 0) return [];
    const inode = statSync(namespacePath).ino;
    if (this.#listener && inode !== this.#namespaceInode) this.#stopListening();
    if (this.#listener && !isRepetition) return [];
    const namespace = Namespace.open(namespacePath);
    try {
      const known = this.#listener;
      if (known && isRedirected(namespace, known.port)) return [];
      const listener =
        known ??
        new Listener(
          inNamespace(namespace, () => openPair(resolverAddress)),
          this.#respond,
        );
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
    // Another namespace may be there by now, whose rules are none of ours.
    if (namespacePath === undefined || statSync(namespacePath, { throwIfNoEntry: false })?.ino !== this.#namespaceInode) return;
    const namespace = Namespace.open(namespacePath);
    try {
      removeRedirect(namespace);
    } finally {
      namespace.close();
    }
  }

  /** Servers that stay the same keep what they have said. */
  #setUpstreams({ dns, namespacePath }: ZoneSandbox): void {
    const servers = dns.servers.join(' ');
    if (servers === (this.#own?.servers ?? '') && (!this.#own || this.#own.namespace.inode === statSync(namespacePath).ino)) return;
    this.#closeUpstreams();
    if (servers === '') return;
    const namespace = Namespace.open(namespacePath).kept();
    this.#own = { namespace, servers, upstreams: new Upstreams(dns.servers.map((address) => new Upstream(address, namespace))) };
  }

  #closeUpstreams(): void {
    this.#own?.upstreams.close();
    this.#own?.namespace.close();
    this.#own = undefined;
  }

  #upstreams(): Upstreams {
    return this.#own?.upstreams ?? this.shared.hostUpstreams();
  }

  #writeResolvConf({ resolvConf, networkIds, dns }: ZoneSandbox): void {
    if (this.#file && this.#file.path !== resolvConf?.path) {
      this.#file.remove();
      this.#file = undefined;
    }
    if (!resolvConf) return;
    const file = new ResolvConfFile(resolvConf.path, resolvConf.adopted);
    file.write(
      networkIds.length > 0 ? resolverText(dns) : inheritedText(dns, this.shared.hostResolvConf()),
      this.shared.resolvConfDirectories,
    );
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
    return this.#respondFromUpstreams(bytes, query, limit, out, later);
  };

  #respondFromUpstreams(bytes: Buffer, query: Query, limit: number, out: Buffer, later: (answer: Buffer) => void): number {
    const upstreams = this.#upstreams();
    const known = upstreams.known(query.key);
    if (known) {
      this.#counts.cached++;
      return forwardedAnswer(bytes, query, known, limit).copy(out);
    }
    if (this.#forwarding >= forwardLimit || this.shared.forwarding >= totalForwardLimit) {
      this.#fail(query, `${this.#forwarding} questions to upstreams are under way already`);
      return writeRefusal(out, bytes, 'SERVFAIL', query);
    }
    void this.#forward(upstreams, Buffer.from(bytes.subarray(0, query.end)), query, limit).then(later);
    return 0;
  }

  /** Never rejects: a failure is an answer too. */
  async #forward(upstreams: Upstreams, head: Buffer, query: Query, limit: number): Promise<Buffer> {
    this.#forwarding++;
    this.shared.forwarding++;
    try {
      const answer = await upstreams.ask(query.key, head.subarray(headerBytes));
      this.#counts.forwarded++;
      return forwardedAnswer(head, query, answer, limit);
    } catch (error) {
      this.#fail(query, error instanceof Error ? error.message : String(error));
      const out = Buffer.alloc(head.length + headerBytes);
      return out.subarray(0, writeRefusal(out, head, 'SERVFAIL', query));
    } finally {
      this.#forwarding--;
      this.shared.forwarding--;
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
