/// <reference path="./swagger-ui-express.d.ts" />
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import * as swaggerUi from 'swagger-ui-express';
import { AppModule } from './app.module';
import type { Config } from './config';
import { limitBodyDepth } from './http/body-depth';
import { buildDocument } from './http/openapi-document';
import { QuietLogger } from './http/quiet-logger';
import { requestIdOf } from './http/request-id';
import { exposure } from './tls/exposure';
import { HttpAdapter } from './tls/http-adapter';
import { TlsReload } from './tls/tls-reload';

/** The largest body: a bulk request of a thousand objects fits. */
const bodyLimitBytes = 1_048_576;

/** The API, with its database migrated, ready to listen. Throws when the database cannot be reached. */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), new HttpAdapter(config), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(QuietLogger));
  app.flushLogs();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies);
  app.use((request: Request, response: Response, next: NextFunction) => {
    response.setHeader('X-Request-Id', requestIdOf(request));
    next();
  });
  // Plain HTTP on a machine's own address is a proper way to run this, so no upgrade to HTTPS is demanded; who has come by TLS is to stay with it.
  const strictTransportSecurity = config.tls !== null && { includeSubDomains: false };
  app.use(helmet({ strictTransportSecurity, contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  app.use(refuseOtherMediaTypes);
  app.useBodyParser('json', { limit: bodyLimitBytes, strict: false, type: ['application/json', 'application/merge-patch+json'] });
  app.use(limitBodyDepth);
  const document = buildDocument(app);
  app.use('/openapi.json', (_request: Request, response: Response) => response.json(document));
  app.use('/docs', swaggerUi.serve, swaggerUi.setup(document, { customSiteTitle: 'Netyard API' }));
  await app.init();
  app.get(TlsReload).start(app.getHttpServer());
  const warning = exposure(config);
  if (warning !== undefined) app.get(QuietLogger).warn(warning);
  return app;
}

/** A body that is not JSON would be passed over in silence. */
function refuseOtherMediaTypes(request: Request, _response: Response, next: NextFunction): void {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  if (!hasBody || request.is(['application/json', 'application/merge-patch+json'])) return next();
  next(
    Object.assign(new Error(`the body must be application/json, not ${request.headers['content-type'] ?? 'of no type'}`), { status: 415 }),
  );
}
