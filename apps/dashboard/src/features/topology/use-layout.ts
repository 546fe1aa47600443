'use client';

import { useEffect, useRef, useState } from 'react';
import { LayoutEngine } from './layout/engine';
import type { Topology } from './model/graph';
import { sceneOf, type Scene } from './paint/scene';

export interface LaidOut {
  scene: Scene;
  /** What it was laid out for. */
  subject: string;
}

/** The latest topology that has been laid out; what was shown before stays until then. `subject` names what it is of, in the same words while that is the same. */
export function useLayout(topology: Topology, subject: string): { laidOut: LaidOut | null; problem: string | null } {
  const engine = useRef<LayoutEngine | null>(null);
  const [state, setState] = useState<{ laidOut: LaidOut | null; problem: string | null }>({ laidOut: null, problem: null });
  useEffect(
    () => () => {
      engine.current?.close();
      engine.current = null;
    },
    [],
  );
  useEffect(() => {
    let isCurrent = true;
    engine.current ??= new LayoutEngine(() => new Worker(new URL('./layout/elk.worker.ts', import.meta.url)));
    engine.current
      .layOut(topology)
      .then(
        (placement) =>
          isCurrent &&
          setState((before) => ({ laidOut: { scene: sceneOf(topology, placement, before.laidOut?.scene), subject }, problem: null })),
      )
      .catch(
        (error: unknown) =>
          isCurrent && setState((before) => ({ ...before, problem: error instanceof Error ? error.message : String(error) })),
      );
    return () => {
      isCurrent = false;
    };
  }, [topology, subject]);
  return state;
}
