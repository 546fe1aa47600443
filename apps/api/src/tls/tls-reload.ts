import { unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:http';
import { Server as TlsServer } from 'node:https';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../config';
import { HostAuthority } from '../hosts/host-authority';
import { readTls, type TlsSettings } from './tls-settings';

/** By asking, not by being told: a file may come by a link that is changed, as in volumes of Kubernetes. */
const lookMs = 1_000;

/** Lets the server go on with other certificates as their files change. Connections that there are keep theirs. */
@Injectable()
export class TlsReload implements OnApplicationShutdown {
  readonly #logger = new Logger(TlsReload.name);
  readonly #settings: TlsSettings | null;
  #server: TlsServer | undefined;

  constructor(
    @Inject(Config) { tls }: Config,
    @Inject(HostAuthority) private readonly hosts: HostAuthority,
  ) {
    this.#settings = tls;
  }

  /** Does nothing for a server of HTTP. */
  start(server: Server | TlsServer): void {
    if (!(server instanceof TlsServer)) return;
    this.#server = server;
    this.#apply();
    for (const file of this.#files()) watchFile(file, { interval: lookMs, persistent: false }, this.#look);
  }

  onApplicationShutdown(): void {
    for (const file of this.#files()) unwatchFile(file, this.#look);
  }

  #files(): string[] {
    const { certificateFile, keyFile, clientCaFile } = this.#settings ?? {};
    return [certificateFile, keyFile, clientCaFile].flatMap((file) => file ?? []);
  }

  readonly #look = (): void => {
    try {
      this.#apply();
    } catch (error) {
      // Files are replaced one after the other: what does not belong together yet will with the next change.
      this.#logger.warn(`the certificate has changed and cannot be used, the former one stays: ${(error as Error).message}`);
    }
  };

  #apply(): void {
    if (!this.#settings) return;
    const { options, validTo } = readTls(this.#settings);
    const { certificate } = this.hosts;
    this.#server?.setSecureContext({ ...options, ca: [...options.ca, ...(certificate === null ? [] : [certificate])] });
    this.#logger.log(`the certificate to listen with is good until ${validTo.toISOString()}`);
  }
}
