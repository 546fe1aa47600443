import { type DesiredNetwork, shimLinkName } from '@netyard/contracts';

/** The host's own link beside the endpoints'; undefined when the network has none. */
export const shimLink = ({ id, options }: DesiredNetwork): string | undefined =>
  options['hostShim'] === true ? shimLinkName(id) : undefined;

/** The host's own addresses, each alone: only endpoints of this host are reached by the shim, the others by the wire. */
export const shimAddresses = ({ hostAddresses }: DesiredNetwork): string[] =>
  hostAddresses.map((text) => {
    const address = text.slice(0, text.indexOf('/'));
    return `${address}/${address.includes(':') ? 128 : 32}`;
  });
