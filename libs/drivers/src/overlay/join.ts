/** As on a bridge network: the way to other hosts is one more port of the bridge. */
export { defaultRoutes, join } from '../bridge/join';
