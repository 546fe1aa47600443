/** The package has no types of its own; this is as much of it as we use. */
declare module 'swagger-ui-express' {
  import type { RequestHandler } from 'express';

  export const serve: RequestHandler[];
  export function setup(document: object, options?: { customSiteTitle?: string }): RequestHandler;
}
