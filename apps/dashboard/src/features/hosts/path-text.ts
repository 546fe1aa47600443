import type { HostTunnels } from '@netyard/api-client';
import type { Tone } from '../../api/health';

type Path = HostTunnels['items'][number]['remotes'][number]['path'];

/** How a path over the underlay fares, as icon and sentence. */
export function pathText({ state, carriedBytes, neededBytes, refusedBy }: Path): { tone: Tone; text: string } {
  switch (state) {
    case 'carries':
      return { tone: 'ready', text: `carries the ${neededBytes} bytes that it needs` };
    case 'drops':
      return {
        tone: 'warning',
        text: `carries ${carriedBytes} bytes of the ${neededBytes} that it needs: ${refusedBy ? `${refusedBy} refuses larger packets` : 'larger packets vanish'}`,
      };
    case 'silent':
      return { tone: 'unknown', text: `needs ${neededBytes} bytes; what it carries is not known: no echo request is answered` };
    case 'unmeasured':
      return { tone: 'pending', text: `needs ${neededBytes} bytes; not measured yet` };
    default:
      return state satisfies never;
  }
}
