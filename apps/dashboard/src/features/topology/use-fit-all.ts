'use client';

import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import type { Size } from './layout/sizes';

export const [minZoom, maxZoom] = [0.02, 2];
/** A small drawing is not blown up. */
const maxFitZoom = 1.1;
/** Room for the legend, and for the buttons. */
const padding = { top: '24px', bottom: '56px', left: '24px', right: '56px' } as const;

/** Brings the whole of a drawing in view. */
export function useFitAll(): (drawing: Size) => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    ({ width, height }) => {
      const { width: stageWidth, height: stageHeight } = store.getState();
      void flow.setViewport(getViewportForBounds({ x: 0, y: 0, width, height }, stageWidth, stageHeight, minZoom, maxFitZoom, padding));
    },
    [flow, store],
  );
}
