export { prepare, typeName, writeAnswer, writeRefusal, type PreparedAnswer } from './answer';
export { parsePointerName, pointerName } from './pointer-name';
export {
  headerBytes,
  largestUdpBytes,
  nameOfKey,
  readQuery,
  responseCodes,
  smallestUdpBytes,
  type Query,
  type Refusal,
  type ResponseCode,
} from './query';
export { View, type DiscoveryType, type Finding } from './view';
export { Zone, type ZoneEndpoint, type ZoneNetwork } from './zone';
