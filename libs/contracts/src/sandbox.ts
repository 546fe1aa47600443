import type { DnsSettings } from './dns';

/** Which network namespace a sandbox is. */
export type SandboxNamespace =
  /** Netyard makes and deletes it. */
  | { type: 'managed' }
  /** The host's own stack; only endpoints of `host` networks join it. */
  | { type: 'host' }
  /** A container's or process's, found by an absolute path (a bind mount or `/proc/<pid>/ns/net`). Left in place when the sandbox is deleted. */
  | { type: 'adopted'; path: string }
  /** As above, found by process id on the host. */
  | { type: 'adopted'; pid: number };

export interface SandboxSpec {
  /** Name or id of the host. */
  host: string;
  namespace: SandboxNamespace;
  dns: DnsSettings;
  /** For adopted namespaces: the absolute path of the resolv.conf(5) that the container uses. */
  resolvConfPath: string | null;
}
