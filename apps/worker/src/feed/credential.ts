import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type HostCertificate, Identity } from './identity';
import { keep, readIfThere } from './kept-file';

/** What a token of an enrolment, and the credential of a host, begin with. */
const enrolmentPrefix = 'ny_enrol_';
const hostPrefix = 'ny_host_';

const rotationMs = 24 * 3_600_000;

/** Asks the API for a credential of this host, by showing the present token; with a certificate, where the deployment gives hosts some. */
export type Exchange = () => Promise<{ token: string; certificate: HostCertificate | null }>;

/**
 * What the worker shows the API: the token that it was given, or the credential of its own that it got for one of an enrolment and keeps in its state
 * directory, with the certificate that came with it. Both are exchanged for others every day, and a certificate at the latest when half of its time is over; the API takes the former
 * credential as long as the new one has not been used. A token of another enrolment makes the host anew.
 */
export class Credential {
  readonly #path: string | null;
  readonly #identity: Identity | null;
  /** Tells which enrolment the credential came from, and nothing of its token. */
  readonly #origin: string;
  #token: string;
  #exchangedAt = 0;

  /** Throws what reading a credential that is there throws. */
  constructor(given: string, stateDirectory: string | null) {
    const isEnrolled = stateDirectory !== null && given.startsWith(enrolmentPrefix);
    this.#path = stateDirectory === null ? null : join(stateDirectory, 'credential');
    this.#identity = isEnrolled ? new Identity(stateDirectory) : null;
    this.#origin = createHash('sha256').update(given).digest('hex');
    const kept = this.#path === null || !isEnrolled ? undefined : readIfThere(this.#path);
    const [token, origin = this.#origin] = kept?.text.split('\n') ?? [];
    const isOwn = token !== undefined && origin === this.#origin;
    this.#token = isOwn ? token : given;
    this.#exchangedAt = isOwn ? (kept?.writtenAt ?? 0) : 0;
  }

  get token(): string {
    return this.#token;
  }

  /** To be shown where the API speaks TLS; null: none. */
  get certificate(): HostCertificate | null {
    return this.isOfEnrolment ? null : (this.#identity?.shown ?? null);
  }

  /** Whether nothing can be asked for before an exchange. */
  get isOfEnrolment(): boolean {
    return this.#token.startsWith(enrolmentPrefix);
  }

  /** Gets a credential when there is none yet, or what there is has had its time. It is kept before it is used. */
  async renewIfDue(exchange: Exchange, now = Date.now()): Promise<void> {
    const isOld = now - this.#exchangedAt >= rotationMs || (this.#identity?.isDue(now) ?? false);
    if (this.#path === null || !(this.isOfEnrolment || (this.#token.startsWith(hostPrefix) && isOld))) return;
    const { token, certificate } = await exchange();
    if (certificate) this.#identity?.replace(certificate);
    keep(this.#path, `${token}\n${this.#origin}`);
    this.#token = token;
    this.#exchangedAt = now;
  }
}
