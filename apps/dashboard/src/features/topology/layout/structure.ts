import type { Topology, TopologyLink, TopologyNode } from '../model/graph';

/** Whether two topologies are laid out alike: they differ at most in how their parts fare and in what is said of them. */
export const hasSameStructure = (a: Topology, b: Topology): boolean =>
  allAlike(a.nodes, b.nodes, isNodeAlike) &&
  allAlike(a.links, b.links, isLinkAlike) &&
  allAlike(a.groups, b.groups, ({ key }, other) => key === other.key);

const allAlike = <Item>(a: readonly Item[], b: readonly Item[], isAlike: (one: Item, other: Item) => boolean): boolean =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index];
    return other !== undefined && (one === other || isAlike(one, other));
  });

/** By all that decides on where a node stands, and how large it is. */
const isNodeAlike = (a: TopologyNode, b: TopologyNode): boolean =>
  a.id === b.id &&
  a.kind === b.kind &&
  a.title === b.title &&
  a.group === b.group &&
  a.createdAt === b.createdAt &&
  a.interfaces.length === b.interfaces.length &&
  a.interfaces[0]?.networkNode === b.interfaces[0]?.networkNode;

const isLinkAlike = (a: TopologyLink, b: TopologyLink): boolean => a.from === b.from && a.to === b.to;
