import { families, type Selected, type SelectorIndex } from './selector-index';
import { pass } from './program-statements';
import { isSame, type End, type Statement, type Target } from './ruleset';

/** A network whose bridge is looked at by itself. */
export interface Place {
  networkId: string;
  bridge: string;
}

/**
 * Where packets go on whose end is no endpoint with an entry of its own: by bridge and prefix, by prefix, by bridge, or else. `targetOf` says it for a network (null:
 * any other place) and what selects the address there.
 */
export function fallbackStatements(
  end: End,
  index: SelectorIndex,
  places: readonly Place[],
  targetOf: (networkId: string | null, selected: Selected) => Target,
): Statement[] {
  const elsewhere = targetOf(null, index.ofCut(null, []));
  const statements: Statement[] = [];
  for (const family of families) {
    const cuts = index.cuts(family);
    if (cuts.length === 0) continue;
    const onBridges = places.flatMap(({ networkId, bridge }) =>
      cuts.map(({ range, ids }) => ({ bridge, range, target: targetOf(networkId, index.ofCut(networkId, ids)) })),
    );
    if (onBridges.length > 0) statements.push({ look: 'bridge-range', end, family, entries: onBridges });
    const others = cuts
      .map(({ range, ids }) => ({ range, target: targetOf(null, index.ofCut(null, ids)) }))
      .filter(({ target }) => !isSame(target, elsewhere));
    if (others.length > 0) statements.push({ look: 'range', end, family, entries: others });
  }
  const bridges = places
    .map(({ networkId, bridge }) => ({ bridge, target: targetOf(networkId, index.ofCut(networkId, [])) }))
    .filter(({ target }) => !isSame(target, elsewhere));
  if (bridges.length > 0) statements.push({ look: 'bridge', end, entries: bridges });
  if (!isSame(elsewhere, pass)) statements.push({ look: 'nothing', counter: null, target: elsewhere });
  return statements;
}
