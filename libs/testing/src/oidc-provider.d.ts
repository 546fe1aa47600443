/** The package has no types of its own; this is as much of it as we use. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  /** What a request and its answer are to Koa. */
  interface Context {
    path: string;
    body?: unknown;
  }

  export class Provider {
    constructor(issuer: string, configuration: object);
    /** Whether what a proxy says of the request is believed. */
    proxy: boolean;
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    callback(): RequestListener;
  }
}
