export * from './free-ranges';
export * from './pool';
export * from './subnet-plan';
