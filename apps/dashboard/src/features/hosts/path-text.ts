import type { HostTunnels } from '@netyard/api-client';
import { hostFacts } from '../../messages';
import type { Tone } from '../../api/health';

const words = hostFacts.paths;

type Path = HostTunnels['items'][number]['remotes'][number]['path'];

/** How a path over the underlay fares, as icon and sentence. */
export function pathText({ state, carriedBytes, neededBytes, refusedBy }: Path): { tone: Tone; text: string } {
  switch (state) {
    case 'carries':
      return { tone: 'ready', text: words.carries(neededBytes) };
    case 'drops':
      return { tone: 'warning', text: words.drops(carriedBytes, neededBytes, refusedBy) };
    case 'silent':
      return { tone: 'unknown', text: words.silent(neededBytes) };
    case 'unmeasured':
      return { tone: 'pending', text: words.unmeasured(neededBytes) };
    default:
      return state satisfies never;
  }
}
