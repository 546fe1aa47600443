import ELK from 'elkjs/lib/elk-api';
import type { Topology } from '../model/graph';
import { blocksIn, boxesOf, type BlockSlots } from './boxes';
import { elkGraph } from './elk-graph';
import { Latest } from './latest';
import { readPlacement, type Placement } from './placement';
import { hasSameStructure } from './structure';

/** Structures whose layout is kept: going back to a grouping, or unfolding again, takes no time. */
const keptLayouts = 12;
/** Blocks whose cards find their places again, those that are shown among them. A drawing has one for each network and group, and far fewer than this. */
const keptBlocks = 4_000;

/** Lays topologies out with ELK, one after the other, apart from the page's own thread. */
export class LayoutEngine {
  readonly #elk: InstanceType<typeof ELK>;
  readonly #kept = new Latest<Placement>(keptLayouts);
  readonly #blocks = new Latest<BlockSlots>(keptBlocks);
  #last: { topology: Topology; placement: Placement } | undefined;

  constructor(makeWorker: () => Worker) {
    this.#elk = new ELK({ workerFactory: makeWorker });
  }

  async layOut(topology: Topology): Promise<Placement> {
    // Most changes tell how something fares: of them the layout knows nothing.
    const placement =
      this.#last && hasSameStructure(this.#last.topology, topology)
        ? withGroups(this.#last.placement, topology)
        : await this.#place(topology);
    this.#last = { topology, placement };
    return placement;
  }

  async #place(topology: Topology): Promise<Placement> {
    const root = boxesOf(topology, this.#blocks);
    const blocks = blocksIn(root);
    for (const [id, { slots, columns }] of blocks) this.#blocks.set(id, { slots, columns });
    const graph = elkGraph(root, topology.links);
    const structure = JSON.stringify(graph) + JSON.stringify([...blocks].map(([id, { slots }]) => [id, [...slots]]));
    const kept = this.#kept.get(structure);
    if (kept) return withGroups(kept, topology);
    const began = performance.now();
    const placement = readPlacement(root, await this.#elk.layout(graph));
    // For browsers' tools, and for what measures; the browser would keep all that there have been.
    performance.clearMeasures('topology-layout');
    performance.measure('topology-layout', { start: began });
    this.#kept.set(structure, placement);
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
