import type { Tone } from '../../../api/health';
import type { NodeKind } from '../model/graph';

/** A sign as a path in a box of 16, to be stroked. */
export interface Sign {
  path: string;
  dash?: string;
}

/** What tells states apart without colour. */
export const toneSigns: Record<Tone, Sign> = {
  ready: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5M5 8.2L7.2 10.4L11 6' },
  pending: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5', dash: '3 2.1' },
  failing: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5M8 4.6L8 8.6M8 11.1L8 11.4' },
  warning: { path: 'M8 1.8L15 14L1 14ZM8 6L8 9.6M8 11.7L8 12' },
  deleting: { path: 'M2.5 4L13.5 4M6 4L6 2L10 2L10 4M4 4L4.7 14L11.3 14L12 4' },
  unknown: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5M6.2 6.3A1.9 1.9 0 1 1 8 8.6L8 9.4M8 11.3L8 11.6' },
  idle: { path: 'M8 1.5A6.5 6.5 0 1 0 8 14.5A6.5 6.5 0 1 0 8 1.5M5 8L11 8' },
};

/** What a node is; cards that are painted and cards that are elements have the same ones. */
export const kindSigns: Record<NodeKind, Sign> = {
  host: { path: 'M2 2.5L14 2.5L14 7L2 7ZM2 9L14 9L14 13.5L2 13.5ZM4.4 4.75L5 4.75M4.4 11.25L5 11.25' },
  router: { path: 'M2 9L14 9L14 13.5L2 13.5ZM4.4 11.25L5 11.25M10.5 9L10.5 6.2M7.6 4.8A3.9 3.9 0 0 1 13.4 4.8' },
  network: { path: 'M6 2L10 2L10 5.5L6 5.5ZM2 10.5L6 10.5L6 14L2 14ZM10 10.5L14 10.5L14 14L10 14ZM8 5.5L8 8M4 10.5L4 8L12 8L12 10.5' },
  sandbox: { path: 'M8 1.5L14 4.8L14 11.2L8 14.5L2 11.2L2 4.8ZM2 4.8L8 8L14 4.8M8 8L8 14.5' },
  endpoint: { path: 'M2.5 8A2.2 2.2 0 1 0 6.9 8A2.2 2.2 0 1 0 2.5 8M6.9 8L13 8M13 4.8L13 11.2' },
  group: { path: 'M8 1.8L14.5 5L8 8.2L1.5 5ZM1.5 8.1L8 11.3L14.5 8.1M1.5 11.2L8 14.4L14.5 11.2' },
};
