import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { keep, readIfThere } from './kept-file';

/** The certificate of this host and its key, as PEM. */
export interface HostCertificate {
  certificate: string;
  key: string;
}

/** What the worker shows the API besides its credential, where the deployment gives hosts certificates; kept in one file, so that certificate and key always belong together. */
export class Identity {
  readonly #path: string;
  #shown: HostCertificate | null;

  /** Throws what reading a file that is there throws. */
  constructor(stateDirectory: string) {
    this.#path = join(stateDirectory, 'certificate.pem');
    this.#shown = parse(readIfThere(this.#path)?.text ?? '');
  }

  /** Null: none. */
  get shown(): HostCertificate | null {
    return this.#shown;
  }

  /** Whether half of its time is over. */
  isDue(now: number): boolean {
    if (this.#shown === null) return false;
    const { validFrom, validTo } = new X509Certificate(this.#shown.certificate);
    return now >= (Date.parse(validFrom) + Date.parse(validTo)) / 2;
  }

  replace(next: HostCertificate): void {
    keep(this.#path, `${next.key.trim()}\n${next.certificate.trim()}`);
    this.#shown = next;
  }
}

/** Null for what is no key with its certificate. */
function parse(text: string): HostCertificate | null {
  const block = (label: string): string | undefined => new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`).exec(text)?.[0];
  const [certificate, key] = [block('CERTIFICATE'), block('PRIVATE KEY')];
  return certificate && key ? { certificate, key } : null;
}
