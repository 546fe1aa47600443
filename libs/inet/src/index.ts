export * from './address';
export * from './mac';
export * from './prefix';
export * from './range';
