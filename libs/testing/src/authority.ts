import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files of a certificate and its key, as PEM. */
export interface TestCertificate {
  certFile: string;
  keyFile: string;
}

/** A certificate authority of a test's own. */
export class TestAuthority {
  readonly #folder = mkdtempSync(join(tmpdir(), 'netyard-authority-'));
  /** The certificate of the authority itself. */
  readonly certFile = join(this.#folder, 'authority.pem');
  readonly #keyFile = join(this.#folder, 'authority.key');

  constructor() {
    this.#request('/CN=authority of a test', this.certFile, this.#keyFile);
  }

  /** For the common name `name`; `hosts` as openssl has them, e.g. `DNS:localhost` or `IP:127.0.0.1`. */
  issue(name: string, hosts: string[] = []): TestCertificate {
    const [certFile, keyFile] = [join(this.#folder, `${name}.pem`), join(this.#folder, `${name}.key`)];
    const names = hosts.length > 0 ? ['-addext', `subjectAltName=${hosts.join(',')}`] : [];
    this.#request(`/CN=${name}`, certFile, keyFile, '-CA', this.certFile, '-CAkey', this.#keyFile, ...names);
    return { certFile, keyFile };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #request(subject: string, certFile: string, keyFile: string, ...more: string[]): void {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
    execFileSync('openssl', ['req', '-x509', '-days', '2', '-subj', subject, ...key, '-out', certFile, ...more], { stdio: 'pipe' });
  }
}
