import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { NetyardError } from '@netyard/contracts';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config, ConfigError } from '../config';
import { Database } from '../database/database';
import { acrossTenants } from '../database/scope';
import { fieldError, newId } from '../objects/object-row';
import { issue, type IssuerFiles, makeIssuer, requestObstacle } from './certificate-issuer';
import type { HostCertificateDto } from './enrolment.dto';
import { seal, unseal } from './sealed';

/** The authority that certificates of hosts come from: the deployment's own, made by whichever replica is the first to want it. */
@Injectable()
export class HostAuthority implements OnModuleInit {
  readonly #logger = new Logger(HostAuthority.name);
  readonly #shown = new WeakMap<Socket, X509Certificate | null>();
  #issuer: { files: IssuerFiles; certificate: X509Certificate } | null = null;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    const { hostCertificates } = this.config;
    if (hostCertificates === null) return;
    const files = await this.#load(hostCertificates.secret);
    this.#issuer = { files, certificate: new X509Certificate(files.certificate) };
  }

  /** The authority's certificate, as PEM; null where hosts have none. */
  get certificate(): string | null {
    return this.#issuer?.files.certificate ?? null;
  }

  /** Null where hosts have no certificates. Throws NetyardError `invalid-value` for a request that is not in order. */
  async issue(host: string, request: string): Promise<HostCertificateDto | null> {
    const { hostCertificates } = this.config;
    if (!this.#issuer || !hostCertificates) return null;
    const obstacle = await requestObstacle(request);
    if (obstacle !== undefined)
      throw fieldError('invalid-value', `the certificate request cannot be met: ${obstacle}`, '/certificateRequest');
    const notBefore = new Date();
    const notAfter = new Date(notBefore.getTime() + hostCertificates.hours * 3_600_000);
    const { files } = this.#issuer;
    const certificate = await issue(files, host, request, { notBefore, notAfter });
    return { certificate, authority: files.certificate, expiresAt: notAfter.toISOString() };
  }

  /** Throws NetyardError `forbidden` where a host's certificate is demanded and the connection has shown none that is good now, and wherever it has shown another host's. */
  assertShown(socket: Socket, host: string): void {
    if (!this.#issuer) return;
    const shown = this.#hostOf(socket);
    if (shown === host) return;
    if (shown !== null) throw new NetyardError('forbidden', `the certificate is that of host ${shown}, not of ${host}`);
    if (this.config.hostCertificates?.isRequired)
      throw new NetyardError(
        'forbidden',
        `host ${host} has to show its certificate, and has shown none that this deployment has issued and that is valid now: enrol it (anew)`,
      );
  }

  /** Whose certificate a connection has shown. The handshake has seen to it that its key is there; who has issued it, and until when, is judged here. */
  #hostOf(socket: Socket): string | null {
    if (!(socket instanceof TLSSocket)) return null;
    let certificate = this.#shown.get(socket);
    if (certificate === undefined) {
      certificate = this.#issued(socket.getPeerX509Certificate());
      this.#shown.set(socket, certificate);
    }
    // Connections last, and certificates end meanwhile.
    const isValid = certificate !== null && Date.parse(certificate.validFrom) <= Date.now() && Date.now() < Date.parse(certificate.validTo);
    return isValid ? (/^CN=([a-z0-9-]+)$/.exec(certificate?.subject ?? '')?.[1] ?? null) : null;
  }

  #issued(certificate: X509Certificate | undefined): X509Certificate | null {
    const authority = this.#issuer?.certificate;
    return certificate && authority && certificate.checkIssued(authority) && certificate.verify(authority.publicKey) ? certificate : null;
  }

  async #load(secret: string): Promise<IssuerFiles> {
    const made = await makeIssuer();
    const rows = await acrossTenants(() =>
      this.database.inTransaction(async (transaction) => {
        // Replicas that start together make one between them.
        await transaction.query('INSERT INTO host_authority (id, certificate, sealed_key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
          newId(),
          made.certificate,
          seal(secret, made.key),
        ]);
        return transaction.query<{ certificate: string; sealed_key: Buffer }>('SELECT certificate, sealed_key FROM host_authority');
      }),
    );
    const [row] = rows;
    if (!row) throw new Error('the authority of hosts is not there after it was made');
    if (row.certificate === made.certificate) this.#logger.log('made the authority that certificates of hosts come from');
    try {
      return { certificate: row.certificate, key: unseal(secret, row.sealed_key) };
    } catch {
      throw new ConfigError(
        'NETYARD_HOST_CA_SECRET_FILE holds another secret than the one that the key of the hosts’ authority was sealed by',
      );
    }
  }
}
