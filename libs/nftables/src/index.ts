export { NftContext, NftError } from './nft-context';
export { describe, parseElement, toJson } from './ruleset';
export type { BaseChain, ElementKey, Family, Json, KeyType, NamedSet, NftCommand, Rule, TableRef } from './ruleset';
