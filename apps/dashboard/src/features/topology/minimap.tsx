'use client';

import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useTheme } from 'next-themes';
import { useEffect, useRef, type PointerEvent } from 'react';
import { topology as text } from '../../messages/topology';
import { fromMap, mapView, onMap } from './paint/map';
import { colourOf, readPalette, type Palette } from './paint/palette';
import type { Scene } from './paint/scene';
import { seenThrough } from './paint/view';

const size = { width: 176, height: 112 } as const;
const padding = 6;
const room = { width: size.width - 2 * padding, height: size.height - 2 * padding };

/** The whole drawing in small, with what is in view of it; not there while all of it is. A click or a drag moves the view. */
export function Minimap({ scene }: { scene: Scene }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const flow = useReactFlow();
  const { resolvedTheme, theme } = useTheme();

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = window.devicePixelRatio;
    element.width = size.width * ratio;
    element.height = size.height * ratio;
    const palette = readPalette(document.documentElement);
    // Painted once for a scene: only the frame around what is in view moves.
    const whole = document.createElement('canvas');
    whole.width = element.width;
    whole.height = element.height;
    paintWhole(whole.getContext('2d'), ratio, scene, palette);
    const view = mapView(scene, room);
    let frame = 0;
    const paint = () => {
      frame = 0;
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const seen = seenThrough({ x, y, zoom }, { width, height });
      const isWhole = seen.x <= 0 && seen.y <= 0 && seen.x + seen.width >= scene.width && seen.y + seen.height >= scene.height;
      element.hidden = isWhole || width === 0;
      if (element.hidden) return;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, element.width, element.height);
      context.drawImage(whole, 0, 0);
      context.setTransform(ratio, 0, 0, ratio, ratio * padding, ratio * padding);
      const around = onMap(seen, view);
      const [left, top] = [Math.max(around.x, -padding + 1), Math.max(around.y, -padding + 1)];
      const right = Math.min(around.x + around.width, room.width + padding - 1);
      const bottom = Math.min(around.y + around.height, room.height + padding - 1);
      context.strokeStyle = palette.accent;
      context.lineWidth = 2;
      context.strokeRect(left, top, right - left, bottom - top);
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(paint);
    };
    schedule();
    const unsubscribe = store.subscribe(schedule);
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [store, scene, resolvedTheme, theme]);

  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { x, y } = fromMap({ x: event.clientX - left - padding, y: event.clientY - top - padding }, mapView(scene, room));
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };
  return (
    <canvas
      ref={canvas}
      hidden
      role="img"
      aria-label={text.map}
      style={size}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && go(event)}
      className="absolute right-2 bottom-2 z-10 cursor-pointer rounded-md border border-line-strong bg-surface shadow-card max-md:hidden"
    />
  );
}

function paintWhole(context: CanvasRenderingContext2D | null, ratio: number, scene: Scene, palette: Palette): void {
  if (!context) return;
  const view = mapView(scene, room);
  context.setTransform(ratio, 0, 0, ratio, ratio * padding, ratio * padding);
  context.fillStyle = palette.sunken;
  for (const frame of scene.frames) {
    const { x, y, width, height } = onMap(frame, view);
    context.fillRect(x, y, width, height);
  }
  for (const { node, rect } of scene.nodes) {
    const { x, y, width, height } = onMap(rect, view);
    context.fillStyle = node.tone === 'ready' ? palette[node.kind === 'network' ? 'accent' : 'line-strong'] : colourOf(node.tone, palette);
    context.fillRect(x, y, Math.max(1, width), Math.max(1, height));
  }
}
