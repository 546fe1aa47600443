import type { Bench } from './bench';

export type Unit = 'ms' | 'Gbit/s' | '/s' | '×' | 'MiB' | '%' | 'rules' | 'points' | 'kB' | 'nodes' | 'listeners';

/** What a figure is to reach; the end that is named counts as reached. */
export type Target = { atMost: number } | { atLeast: number };

/** A number that a measurement gives. */
export interface Figure {
  name: string;
  unit: Unit;
  /** One line, for `--list`. */
  meaning: string;
  target?: Target;
  /** Beside whom it is measured in the same run. */
  peer?: string;
}

export interface Reading {
  figure: string;
  value: number;
  /** Undefined when the peer is not here. */
  peerValue?: number;
}

/** Figures that come from one piece of work. It checks in the kernel, or in the answers, that what was timed did happen, and throws otherwise. */
export interface Measurement {
  name: string;
  figures: Figure[];
  run(bench: Bench): Promise<Reading[]>;
}

export const reaches = (target: Target, value: number): boolean => ('atMost' in target ? value <= target.atMost : value >= target.atLeast);
