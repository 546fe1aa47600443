export { TestNamespace, withNamespaces } from './namespace';
export { createTestDatabase, startTestPostgres, type TestDatabase, type TestPostgres } from './postgres';
