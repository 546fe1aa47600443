export { frame } from './frame';
export { overview } from './overview';
export { palette } from './palette';
export { tables } from './tables';
