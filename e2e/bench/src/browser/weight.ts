import type { Page } from 'playwright-core';

/** What a tab holds once its garbage has been collected. */
export interface Weight {
  heapMiB: number;
  /** Nodes of its documents, those that are not in them any more but are still held included. */
  nodes: number;
  listeners: number;
}

export async function weigh(page: Page): Promise<Weight> {
  const session = await page.context().newCDPSession(page);
  try {
    // What finalizers let go of is collected by the next one.
    for (let round = 0; round < 2; round++) await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    return { heapMiB: usedSize / 2 ** 20, nodes, listeners: jsEventListeners };
  } finally {
    await session.detach();
  }
}

export const sumOf = (weights: readonly Weight[]): Weight =>
  weights.reduce(
    (sum, { heapMiB, nodes, listeners }) => ({
      heapMiB: sum.heapMiB + heapMiB,
      nodes: sum.nodes + nodes,
      listeners: sum.listeners + listeners,
    }),
    { heapMiB: 0, nodes: 0, listeners: 0 },
  );

export const weightText = ({ heapMiB, nodes, listeners }: Weight): string =>
  `${heapMiB.toFixed(1)} MiB, ${nodes} nodes, ${listeners} listeners`;
