export { TestNamespace } from './namespace';
export { createTestDatabase, startTestPostgres, type TestDatabase, type TestPostgres } from './postgres';
