import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Config } from '../config';
import { readTls } from './tls-settings';

/** Longer than load balancers keep theirs (60 s is usual): the one who closes a connection should not be the one who is asked something at that moment. */
const keepAliveTimeoutMs = 65_000;
/** How often a server that ends looks for connections that have become idle. */
const idleCheckMs = 50;

/** Listens by HTTP, or by TLS 1.2 or later, and waits for nobody who does not go on with a request: answers may take as long as they like. */
export class HttpAdapter extends ExpressAdapter {
  constructor(private readonly config: Pick<Config, 'tls' | 'hostCertificates' | 'requestTimeoutSeconds'>) {
    super();
  }

  /** Nest's own takes no options for HTTP; of what it would do besides we use nothing. */
  override initHttpServer(): void {
    const { tls, hostCertificates, requestTimeoutSeconds } = this.config;
    const timeouts = {
      requestTimeout: requestTimeoutSeconds * 1000,
      // Of the time for all of it, a third for the head.
      headersTimeout: Math.ceil((requestTimeoutSeconds * 1000) / 3),
      keepAliveTimeout: keepAliveTimeoutMs,
      connectionsCheckingInterval: 1_000,
    };
    const handshake = { handshakeTimeout: timeouts.headersTimeout };
    // Certificates of hosts are asked for, and judged where it is known which host is meant.
    const isDemanded = tls !== null && tls.clientCaFile !== null;
    const clients = { requestCert: isDemanded || hostCertificates !== null, rejectUnauthorized: isDemanded };
    this.httpServer = tls
      ? createTlsServer({ ...readTls(tls).options, ...timeouts, ...handshake, ...clients }, this.getInstance())
      : createServer(timeouts, this.getInstance());
  }

  /** What is under way is finished, and then nobody is waited for who might ask something more: Node.js closes those alone that are idle when it is told to. */
  override async close(): Promise<void> {
    const closing = setInterval(() => (this.httpServer as Server | undefined)?.closeIdleConnections(), idleCheckMs);
    try {
      await super.close();
    } finally {
      clearInterval(closing);
    }
  }
}
