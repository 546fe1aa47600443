export { TestNamespace } from './namespace';
