export { frame } from './frame';
export { hosts } from './hosts';
export { overview } from './overview';
export { palette } from './palette';
export { session } from './session';
export { settings } from './settings';
export { tables } from './tables';
