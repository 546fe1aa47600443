import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UnderlayVersion } from '@netyard/contracts';
import { keyPairOf } from './key-pair';

/** A key of this host, and since when it has it. */
export interface OwnKey {
  privateKey: string;
  publicKey: string;
  /** RFC 3339. */
  createdAt: string;
}

/** The keys of one version of IP: the one in use, and the one that is to take its place. */
export interface OwnKeys {
  current: OwnKey;
  next: OwnKey | null;
}

export type KeysByVersion = Partial<Record<UnderlayVersion, OwnKeys>>;

type Stored = Pick<OwnKey, 'privateKey' | 'createdAt'>;
type StoredKeys = Partial<Record<UnderlayVersion, { current: Stored; next: Stored | null }>>;

const fileVersion = 1;

/** Where the private keys of a host are kept: a file that only its owner reads. Written to a new file that takes the old one's place, so that it is whole at any time. */
export class KeyFile {
  readonly path: string;

  constructor(directory: string, hostName: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.path = join(directory, `${hostName}-keys.json`);
  }

  /** Empty when there is no file. Throws when there is one that cannot be read. */
  read(): KeysByVersion {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
    return parseKeys(text);
  }

  /** Throws when the file cannot be written; then the old one stands. */
  write(keys: KeysByVersion): void {
    const next = `${this.path}.new`;
    writeFileSync(next, JSON.stringify({ version: fileVersion, keys: storedOf(keys) }), { mode: 0o600, flush: true });
    // One that was left behind keeps the mode that it had.
    chmodSync(next, 0o600);
    renameSync(next, this.path);
  }
}

/** Throws an error that shows nothing of the text, which may be a key. */
function parseKeys(text: string): KeysByVersion {
  let content: { version?: number; keys?: StoredKeys };
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error('it is not JSON');
  }
  if (content.version !== fileVersion || !content.keys) throw new Error(`it is not of version ${fileVersion}`);
  const pair = ({ privateKey, createdAt }: Stored): OwnKey => ({ ...keyPairOf(privateKey), createdAt });
  const { ipv4, ipv6 } = content.keys;
  const keysOf = (stored: { current: Stored; next: Stored | null }): OwnKeys => ({
    current: pair(stored.current),
    next: stored.next && pair(stored.next),
  });
  return { ...(ipv4 && { ipv4: keysOf(ipv4) }), ...(ipv6 && { ipv6: keysOf(ipv6) }) };
}

function storedOf(keys: KeysByVersion): StoredKeys {
  const stored = ({ privateKey, createdAt }: OwnKey): Stored => ({ privateKey, createdAt });
  return Object.fromEntries(
    Object.entries(keys).map(([version, { current, next }]) => [version, { current: stored(current), next: next && stored(next) }]),
  );
}
