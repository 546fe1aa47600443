'use client';

import { ReactFlow, useReactFlow, type Connection, type NodeTypes } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './stage.css';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { topology as text } from '../../messages/topology';
import type { ObjectName } from '../inventory/view-state';
import { Card, CardActionsProvider, Frame, type CardActions, type CardNode, type FrameNode } from './cards';
import { directionOf, neighbourOf } from './neighbour';
import type { View } from './paint/view';
import { Memo } from '../inventory/memo';
import { hit, type PlacedNode, type Scene } from './paint/scene';
import { PaintedLayer } from './painted-layer';
import { useElements } from './use-elements';
import { maxZoom, minZoom, useFitAll } from './use-fit-all';

const nodeTypes: NodeTypes = { card: Card, frame: Frame };
/** Of more nodes than this, links do not stand out as the pointer passes: telling them apart anew would hold it up. */
const highlightUpTo = 600;
/** A card that the keyboard leads to is shown at least this large. */
const readableZoom = 0.75;

interface StageProps {
  scene: Scene;
  /** What the scene is of: another one is fitted in view anew. */
  subject: string;
  selection: ObjectName | null;
  actions: CardActions;
  view: View | null;
  onViewChange: (view: View | null) => void;
  /** Asks for an endpoint between the two. */
  onJoin: (sandbox: string, network: string | null) => void;
}

/** The drawing: painted as a whole, with elements for what is near enough to be read, moved by pointer and keyboard. */
export function Stage({ scene, subject, selection, actions, view, onViewChange, onJoin }: StageProps) {
  const flow = useReactFlow();
  const fitAll = useFitAll();
  const container = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const selected = selection && `${selection.kind}/${selection.name}`;

  const { ids, isMoving, look, move, end } = useElements(scene, container);
  useFitting({ scene, subject, view, onViewChange }, look);

  // What the keyboard leads to has an element, wherever it is.
  const shown = useMemo(() => (wanted === null || ids.has(wanted) ? ids : new Set([...ids, wanted])), [ids, wanted]);
  const nodes = useMemo(() => flowNodes(scene, shown, selection), [scene, shown, selection]);
  // A card that is not there yet gets the focus as soon as it is.
  const toFocus = useRef<string | null>(null);
  useEffect(() => {
    if (toFocus.current === null) return;
    const button = container.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(toFocus.current)}"] button`);
    if (!button) return;
    toFocus.current = null;
    button.focus({ preventScroll: true });
  }, [wanted, nodes]);

  const lookedAt = useMemo(
    () => new Set([selected, hovered, wanted].flatMap((id) => (id === null ? [] : withParts(scene, id)))),
    [scene, selected, hovered, wanted],
  );

  const goTo = (id: string): void => {
    const placed = scene.byId.get(id);
    if (!placed) return;
    toFocus.current = id;
    setWanted(id);
    const { zoom } = flow.getViewport();
    const { x, y, width, height } = placed.rect;
    if (zoom >= readableZoom && isInView(container.current, flow.flowToScreenPosition({ x, y }), zoom * width, zoom * height)) return;
    void flow.setCenter(x + width / 2, y + height / 2, { zoom: Math.max(zoom, readableZoom) });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focused = event.target instanceof Element ? event.target.closest('[data-node]')?.getAttribute('data-node') : null;
    const direction = directionOf(event.key);
    if (direction) {
      event.preventDefault();
      const rects = new Map([...scene.byId].map(([id, { rect }]) => [id, rect]));
      const next = focused && rects.has(focused) ? neighbourOf(rects, focused, direction) : scene.nodes[0]?.node.id;
      if (next !== undefined) goTo(next);
    } else if (event.key === 'e') {
      const sandbox = scene.byId.get(focused ?? '')?.node ?? (selected ? scene.byId.get(selected)?.node : undefined);
      if (sandbox?.kind !== 'sandbox') return;
      event.preventDefault();
      onJoin(sandbox.title, null);
    } else if (event.key === 'f') {
      event.preventDefault();
      fitAll(scene);
    }
  };

  const at = (event: MouseEvent) => hit(scene, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
  const onPaneClick = (event: MouseEvent): void => {
    const found = at(event);
    const object = found && ('node' in found ? found.node.object : null);
    if (object) actions.show(object);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const found = at(event);
    if (!found) return;
    if ('frame' in found) actions.turn(found.frame.group.key);
    else if (found.node.kind === 'group') actions.turn(found.node.id.slice('group/'.length));
  };
  const onConnect = ({ source, target }: Connection): void => {
    const [sandbox, network] = [scene.byId.get(source)?.node, scene.byId.get(target)?.node];
    if (sandbox && network) onJoin(sandbox.title, network.title);
  };

  return (
    <section
      ref={container}
      aria-label={text.stage}
      aria-describedby="topology-how"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={onDoubleClick}
      onMouseMove={(event) => {
        if (!isMoving()) setHovered(scene.nodes.length > highlightUpTo ? null : hoveredId(at(event)));
      }}
      onMouseLeave={() => setHovered(null)}
      onFocus={(event) => {
        const id = event.target.closest('[data-node]')?.getAttribute('data-node');
        if (id != null && scene.byId.has(id)) setWanted(id);
      }}
      className="relative h-full w-full overflow-hidden rounded-[inherit] focus-visible:-outline-offset-2"
    >
      <p id="topology-how" className="sr-only">
        {text.stageHow}
      </p>
      <CardActionsProvider value={actions}>
        <ReactFlow
          nodes={nodes}
          edges={[]}
          nodeTypes={nodeTypes}
          minZoom={minZoom}
          maxZoom={maxZoom}
          nodesDraggable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          selectNodesOnDrag={false}
          zoomOnDoubleClick={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
          // What moves by itself, such as the first fitting, is no choice of a view.
          onMove={(event) => (event ? move() : look())}
          onMoveEnd={(event) => event && end(onViewChange)}
          onPaneClick={onPaneClick}
          onConnect={onConnect}
          connectionRadius={90}
        >
          <PaintedLayer scene={scene} lookedAt={lookedAt} />
        </ReactFlow>
      </CardActionsProvider>
    </section>
  );
}

/** Shows what the address says, or all of it; and all of it again when the subject is another. */
function useFitting(
  { scene, subject, view, onViewChange }: Pick<StageProps, 'scene' | 'subject' | 'view' | 'onViewChange'>,
  look: () => void,
): void {
  const flow = useReactFlow();
  const fitAll = useFitAll();
  const fitted = useRef<string | null>(null);
  // The view is read once; from then on the drawing leads.
  const [begun] = useState(view);
  useEffect(() => {
    const isFirst = fitted.current === null;
    if (fitted.current !== subject) {
      fitted.current = subject;
      if (isFirst && begun) void flow.setViewport(begun);
      else fitAll(scene);
      if (!isFirst) onViewChange(null);
    }
    look();
  }, [flow, fitAll, scene, subject, begun, onViewChange, look]);
}

function flowNodes(scene: Scene, shown: ReadonlySet<string>, selection: ObjectName | null): (CardNode | FrameNode)[] {
  const nodes: (CardNode | FrameNode)[] = [];
  const isSelected = (object: ObjectName | null): boolean =>
    object !== null && object.kind === selection?.kind && object.name === selection.name;
  const selectedEndpoint = selection?.kind === 'endpoint' ? selection.name : null;
  for (const frame of scene.frames) {
    const id = `frame/${frame.group.key}`;
    if (!shown.has(id)) continue;
    const { x, y, width, height } = frame;
    nodes.push({
      id,
      type: 'frame',
      position: { x, y },
      width,
      height,
      data: { frame, isSelected: isSelected(frame.group.object) },
      zIndex: 0,
      style: { pointerEvents: 'none' },
    });
  }
  for (const placed of scene.nodes) {
    const { node } = placed;
    if (!shown.has(node.id)) continue;
    const ownEndpoint = node.interfaces.some(({ endpoint }) => endpoint === selectedEndpoint) ? selectedEndpoint : null;
    nodes.push(cardNode(placed, node.kind !== 'router' && isSelected(node.object), ownEndpoint));
  }
  return nodes;
}

const cards = new Memo<PlacedNode, CardNode>();

/** The same one as long as it is of the same: cards are not rendered anew because others have changed. */
const cardNode = (placed: PlacedNode, isSelected: boolean, selectedEndpoint: string | null): CardNode =>
  cards.of(placed, [isSelected, selectedEndpoint], () => {
    const { node, rect } = placed;
    const { x, y, width, height } = rect;
    const data = { node, isSelected, selectedEndpoint };
    return { id: node.id, type: 'card', position: { x, y }, width, height, data, zIndex: 1, style: { pointerEvents: 'all' } };
  });

/** A network's parts count with it. */
const withParts = (scene: Scene, id: string): string[] => [
  id,
  ...scene.nodes.flatMap(({ node }) => (node.id.startsWith(`${id}@`) ? [node.id] : [])),
];

const hoveredId = (found: ReturnType<typeof hit>): string | null => (found && 'node' in found ? found.node.id : null);

function isInView(container: HTMLElement | null, { x, y }: { x: number; y: number }, width: number, height: number): boolean {
  const seen = container?.getBoundingClientRect();
  return seen !== undefined && x >= seen.left && y >= seen.top && x + width <= seen.right && y + height <= seen.bottom;
}
