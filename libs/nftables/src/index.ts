export { describe } from './describe';
export { parseElement } from './element';
export { listElements, type ElementPlace } from './element-listing';
export type { ElementType } from './element-parts';
export { changeElements, type Element, type ElementChange } from './element-transaction';
export { NftContext, NftError } from './nft-context';
export { replaceElements, replaceEntries } from './ruleset';
export type {
  BaseChain,
  ElementKey,
  Elements,
  Entries,
  Family,
  Json,
  KeyType,
  MapEntry,
  Named,
  NamedMap,
  NamedSet,
  NftCommand,
  PlainChain,
  Rule,
  TableRef,
  Verdict,
} from './ruleset';
export { fingerprintTable, listCounters, type NamedCounter } from './table-dump';
export { toJson } from './to-json';
