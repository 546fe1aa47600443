import { type DesiredKey, type HostKey, type UnderlayVersion, underlayVersions } from '@netyard/contracts';
import { messageOf } from '../report/conditions';
import type { Log } from '../operations/messages';
import type { KeyFile, KeysByVersion, OwnKey } from './key-file';
import { keyPairOf, makeKeyPair } from './key-pair';

/** Says that a link is to have a key of which this host has not the private half. */
export class UnknownKeyError extends Error {
  override readonly name = 'UnknownKey';

  constructor(publicKey: string) {
    super(`this host has no private key for ${publicKey}: it has another key by now, which the API has not taken up yet`);
  }
}

export interface HostKeysOptions {
  /** Over which tunnels can be encrypted: none where the kernel has no WireGuard. */
  versions: readonly UnderlayVersion[];
  /** Null: keys live as long as the process, and in the kernel. */
  file: KeyFile | null;
  /** UDP port over IPv4; over IPv6 it is the next. */
  port: number;
  /** After so long a key is replaced. */
  lifetimeMs: number;
  now(): Date;
  /** The private key that a link of an earlier worker has; empty when there is none. */
  standingKey(underlay: UnderlayVersion): string;
  log: Log;
}

/**
 * The keys of this host's encrypted tunnels, one for each version of IP: made here, and private halves never leave. A rotation has two halves: `begin` makes the next key, of which all
 * others are told; when they know it, `promote` puts it into the first one's place, which is forgotten.
 */
export class HostKeys {
  readonly #keys: KeysByVersion;

  constructor(private readonly options: HostKeysOptions) {
    this.#keys = this.#read();
    const missing = options.versions.filter((version) => !this.#keys[version]);
    for (const version of missing) this.#keys[version] = { current: this.#adopt(version) ?? this.#make(), next: null };
    if (missing.length > 0) this.#tryToWrite();
  }

  /** What may be told of them. */
  published(): HostKey[] {
    return this.options.versions.flatMap((underlay) => {
      const keys = this.#keys[underlay];
      if (!keys) return [];
      const { publicKey, createdAt } = keys.current;
      return [
        {
          underlay,
          publicKey,
          port: this.options.port + underlayVersions.indexOf(underlay),
          createdAt,
          nextPublicKey: keys.next?.publicKey ?? null,
        },
      ];
    });
  }

  /** Throws UnknownKeyError for a key that is not this host's. */
  privateKeyOf(publicKey: string): string {
    for (const keys of Object.values(this.#keys))
      for (const key of [keys.current, keys.next]) if (key?.publicKey === publicKey) return key.privateKey;
    throw new UnknownKeyError(publicKey);
  }

  /** Begins a rotation where a key is too old; says whether one has begun. */
  beginDue(): boolean {
    const due = this.options.versions.filter((version) => {
      const keys = this.#keys[version];
      return keys && !keys.next && this.options.now().getTime() - Date.parse(keys.current.createdAt) >= this.options.lifetimeMs;
    });
    return due.map((version) => this.#begin(version)).includes(true);
  }

  /** Does what the API wants of an own key; `isInForce`: the kernel uses it, or has no use for any. Says whether something has changed. May be repeated. */
  obey({ underlay, publicKey, own }: DesiredKey, isInForce: () => boolean): boolean {
    const keys = this.#keys[underlay];
    if (!keys || !own) return false;
    if (own.use && keys.next?.publicKey === publicKey && isInForce()) return this.#promote(underlay, keys.next);
    return own.replace && keys.current.publicKey === publicKey && !keys.next && this.#begin(underlay);
  }

  /** What cannot be kept is not begun: the key would be lost with the process, while others rely on it. */
  #begin(underlay: UnderlayVersion): boolean {
    const keys = this.#keys[underlay];
    if (!keys) return false;
    this.#keys[underlay] = { ...keys, next: this.#make() };
    if (this.#tryToWrite()) {
      this.options.log('info', 'a new key is made, to take the place of the one in use', {
        underlay,
        publicKey: this.#keys[underlay]?.next?.publicKey,
      });
      return true;
    }
    this.#keys[underlay] = keys;
    return false;
  }

  #promote(underlay: UnderlayVersion, next: OwnKey): boolean {
    this.#keys[underlay] = { current: next, next: null };
    this.#tryToWrite();
    this.options.log('info', 'the new key is in use, the former one forgotten', { underlay, publicKey: next.publicKey });
    return true;
  }

  #make(): OwnKey {
    return { ...makeKeyPair(), createdAt: this.options.now().toISOString() };
  }

  /** A link that stands goes on with its key, whose age nobody knows any more. */
  #adopt(underlay: UnderlayVersion): OwnKey | undefined {
    const privateKey = this.options.standingKey(underlay);
    return privateKey === '' ? undefined : { ...keyPairOf(privateKey), createdAt: this.options.now().toISOString() };
  }

  #read(): KeysByVersion {
    const { file, log } = this.options;
    try {
      return file?.read() ?? {};
    } catch (error) {
      log('error', 'the file of keys cannot be read; keys are made anew where the kernel has none', {
        path: file?.path,
        error: messageOf(error),
      });
      return {};
    }
  }

  #tryToWrite(): boolean {
    const { file, log } = this.options;
    try {
      file?.write(this.#keys);
      return true;
    } catch (error) {
      log('error', 'keys cannot be kept on disk', { path: file?.path, error: messageOf(error) });
      return false;
    }
  }
}
