import { existsSync } from 'node:fs';

/** Every namespace has its switches where the module is loaded (net/bridge/br_netfilter_hooks.c). */
const switches = '/proc/sys/net/bridge/bridge-nf-call-iptables';

/**
 * Whether br_netfilter is loaded, by which what stays within a bridge passes nftables' hooks of `ip` and `ip6`. Nothing loads it on demand.
 * Equivalent to: `lsmod | grep br_netfilter`, and true as well where it is built in.
 */
export const hasBridgeNetfilter = (): boolean => existsSync(switches);
