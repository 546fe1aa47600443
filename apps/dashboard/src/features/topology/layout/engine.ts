import ELK from 'elkjs/lib/elk-api';
import type { Topology } from '../model/graph';
import { blocksIn, boxesOf, type Blocks } from './boxes';
import { elkGraph } from './elk-graph';
import { readPlacement, type Placement } from './placement';

/** Structures whose layout is kept: going back to a grouping, or unfolding again, takes no time. */
const keptLayouts = 12;

/** Lays topologies out with ELK, one after the other, apart from the page's own thread. */
export class LayoutEngine {
  readonly #elk: InstanceType<typeof ELK>;
  readonly #kept = new Map<string, Placement>();
  #blocks: Blocks = new Map();

  constructor(makeWorker: () => Worker) {
    this.#elk = new ELK({ workerFactory: makeWorker });
  }

  async layOut(topology: Topology): Promise<Placement> {
    const root = boxesOf(topology, this.#blocks);
    const blocks = blocksIn(root);
    this.#blocks = new Map([...this.#blocks, ...blocks]);
    const graph = elkGraph(root, topology.links);
    const structure = JSON.stringify(graph) + JSON.stringify([...blocks].map(([id, { slots }]) => [id, [...slots]]));
    const kept = this.#kept.get(structure);
    if (kept) return withGroups(kept, topology);
    const began = performance.now();
    const placement = readPlacement(root, await this.#elk.layout(graph));
    // For browsers' tools, and for what measures.
    performance.measure('topology-layout', { start: began });
    this.#kept.set(structure, placement);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptLayouts && oldest !== undefined) this.#kept.delete(oldest);
    return placement;
  }

  close(): void {
    this.#elk.terminateWorker();
  }
}

/** The groups as they are now: structure does not tell how they fare. */
const withGroups = (placement: Placement, { groups }: Topology): Placement => ({
  ...placement,
  frames: new Map(
    groups.flatMap((group) => {
      const frame = placement.frames.get(group.key);
      return frame ? [[group.key, { ...frame, group }] as const] : [];
    }),
  ),
});
