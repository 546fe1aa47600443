import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a token of an enrolment, and the credential of a host, begin with. */
const enrolmentPrefix = 'ny_enrol_';
const hostPrefix = 'ny_host_';

const rotationMs = 24 * 3_600_000;

/** Asks the API for a credential of this host, by showing the present token. */
export type Exchange = () => Promise<string>;

/**
 * What the worker shows the API: the token that it was given, or the credential of its own that it got for one of an enrolment and keeps in its state
 * directory. The latter is exchanged for another one every day; the API takes the former as long as the new one has not been used.
 */
export class Credential {
  readonly #path: string | null;
  #token: string;
  #exchangedAt = 0;

  /** Throws what reading a credential that is there throws. */
  constructor(given: string, stateDirectory: string | null) {
    this.#path = stateDirectory === null ? null : join(stateDirectory, 'credential');
    const kept = this.#path === null || !given.startsWith(enrolmentPrefix) ? undefined : readIfThere(this.#path);
    this.#token = kept?.token ?? given;
    this.#exchangedAt = kept?.writtenAt ?? 0;
  }

  get token(): string {
    return this.#token;
  }

  /** Whether nothing can be asked for before an exchange. */
  get isOfEnrolment(): boolean {
    return this.#token.startsWith(enrolmentPrefix);
  }

  /** Gets a credential when there is none yet, or the present one is a day old. It is kept before it is used. */
  async renewIfDue(exchange: Exchange, now = Date.now()): Promise<void> {
    const isOld = this.#token.startsWith(hostPrefix) && now - this.#exchangedAt >= rotationMs;
    if (this.#path === null || !(this.isOfEnrolment || isOld)) return;
    const token = await exchange();
    keep(this.#path, token);
    this.#token = token;
    this.#exchangedAt = now;
  }
}

function readIfThere(path: string): { token: string; writtenAt: number } | undefined {
  try {
    const token = readFileSync(path, 'utf8').trim();
    return token === '' ? undefined : { token, writtenAt: statSync(path).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Under another name until it is whole: half of one would lock the host out. */
function keep(path: string, token: string): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, `${token}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
