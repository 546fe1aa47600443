'use client';

import { useStoreApi } from '@xyflow/react';
import { useTheme } from 'next-themes';
import { useEffect, useRef } from 'react';
import { CanvasPainter, type Picture } from './paint/canvas-painter';
import { readPalette } from './paint/palette';
import type { Scene } from './paint/scene';
import { useRates } from './traffic/use-traffic';

interface PaintedLayerProps {
  scene: Scene;
  lookedAt: ReadonlySet<string>;
}

/** The whole drawing, painted; elements lie over their own pictures. It follows the view by itself: moving renders nothing anew. */
export function PaintedLayer({ scene, lookedAt }: PaintedLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const rates = useRates();
  const { resolvedTheme, theme } = useTheme();
  const picture = useRef<Picture | null>(null);
  const repaint = useRef<() => void>(() => undefined);

  useEffect(() => {
    picture.current = { scene, palette: readPalette(document.documentElement), rates, lookedAt };
    repaint.current();
  }, [scene, lookedAt, rates, resolvedTheme, theme]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false });
    if (!canvas.current || !context) return;
    const element = canvas.current;
    const painter = new CanvasPainter();
    let frame = 0;
    const paint = () => {
      frame = 0;
      if (!picture.current) return;
      const { transform, width, height } = store.getState();
      const ratio = window.devicePixelRatio;
      if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
        element.width = Math.round(width * ratio);
        element.height = Math.round(height * ratio);
      }
      const [x, y, zoom] = transform;
      painter.paint(context, { width, height, ratio }, { x, y, zoom }, picture.current);
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(paint);
    };
    repaint.current = schedule;
    schedule();
    const unsubscribe = store.subscribe(schedule);
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
      repaint.current = () => undefined;
    };
  }, [store]);

  return <canvas ref={canvas} aria-hidden="true" className="pointer-events-none absolute inset-0 h-full w-full" />;
}
