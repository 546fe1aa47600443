'use client';

import { useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { elementsFor, nextElements, noElements, type Elements } from './elements';
import type { Scene } from './paint/scene';
import type { View } from './paint/view';

/** After a movement elements are made only when no further one begins within this time. */
const restMs = 200;

interface ShownElements {
  /** The nodes that are elements of the page now. */
  ids: ReadonlySet<string>;
  isMoving: () => boolean;
  /** Makes elements for what is in view now. Does nothing while the view is moved by hand: then it is done at the end. */
  look: () => void;
  /** A movement by hand goes on. */
  move: () => void;
  /** It has ended; `onRest` is told when no other follows. */
  end: (onRest: (view: View) => void) => void;
}

/** Decides on what is an element of the page, at rest: while the view is moved by hand, what is painted is all that there is to see. */
export function useElements(scene: Scene, container: RefObject<HTMLElement | null>): ShownElements {
  const flow = useReactFlow();
  const [ids, setIds] = useState<ReadonlySet<string>>(noElements.ids);
  const wanted = useRef<Elements>(noElements);
  const moving = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const look = useCallback(() => {
    if (moving.current) return;
    const { clientWidth: width = 0, clientHeight: height = 0 } = container.current ?? {};
    const next = elementsFor(scene, flow.getViewport(), { width, height }, wanted.current);
    wanted.current = next;
    setIds((now) => nextElements(now, next.ids));
  }, [scene, flow, container]);

  // A few at a time, until all are there.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (!moving.current) setIds((now) => nextElements(now, wanted.current.ids));
    });
    return () => cancelAnimationFrame(frame);
  }, [ids]);

  const latestLook = useRef(look);
  useEffect(() => {
    latestLook.current = look;
  }, [look]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const move = useCallback(() => {
    clearTimeout(timer.current);
    if (moving.current) return;
    moving.current = true;
    container.current?.setAttribute('data-moving', '');
  }, [container]);

  const end = useCallback(
    (onRest: (view: View) => void) => {
      clearTimeout(timer.current);
      if (!moving.current) return;
      timer.current = setTimeout(() => {
        moving.current = false;
        container.current?.removeAttribute('data-moving');
        latestLook.current();
        onRest(flow.getViewport());
      }, restMs);
    },
    [container, flow],
  );

  return { ids, isMoving: useCallback(() => moving.current, []), look, move, end };
}
