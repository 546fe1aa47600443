import type { EndpointId, Lease } from '@netyard/contracts';

/** An endpoint that is to have a lease, and where its interface is. From the operations thread to the main one. */
export interface LeaseWish {
  endpointId: EndpointId;
  /** Told to the server as the host name (option 12 of RFC 2132). */
  name: string;
  /** Of the sandbox. */
  namespacePath: string;
  /** Inode of the namespace and index of the link: when one of them is another, there is another interface. */
  interfaceKey: string;
  interfaceName: string;
  /** Replies have to be broadcast: the interface shares its MAC address with others, and takes unicast frames for addresses that it has already. */
  broadcast: boolean;
}

/** Why an endpoint has no lease, or what is the matter with the one that it has. */
export interface LeaseProblem {
  /** One CamelCase word. */
  reason: 'Requesting' | 'NoServer' | 'Refused' | 'Unusable' | 'Expired' | 'ClientFailed';
  message: string;
}

/** What is known of an endpoint's lease. */
export interface LeaseStatus {
  lease: Lease | null;
  /** Null: all is well. */
  problem: LeaseProblem | null;
}

export type ToLeases =
  | { type: 'lease-wanted'; wish: LeaseWish }
  /** To be given back to the server; answered by `lease-released`, in any case and soon. */
  | { type: 'lease-unwanted'; endpointId: EndpointId };

export type FromLeases = ({ type: 'lease'; endpointId: EndpointId } & LeaseStatus) | { type: 'lease-released'; endpointId: EndpointId };
