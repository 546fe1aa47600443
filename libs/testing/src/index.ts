export { Capture } from './capture';
export { NatsServer } from './nats-server';
export { PgBouncer } from './pgbouncer';
export { outcome, Server } from './server';
export { Deployment, isReady, type Answer, type ApiObject, type DeploymentOptions } from './deployment';
export { TestNamespace, withNamespaces } from './namespace';
export { createTestDatabase, startTestPostgres, type TestDatabase, type TestPostgres } from './postgres';
export { Underlay, UnderlayHost } from './underlay';
