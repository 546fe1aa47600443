/** As on a bridge network: on the host where the endpoint is. */
export { publish } from '../bridge/port';
