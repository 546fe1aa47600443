import { resolverAddress } from '@netyard/contracts';
import { NftContext } from '@netyard/nftables';
import type { Namespace } from '@netyard/netlink';

const tableName = 'netyard-dns';
const place = { family: 'inet', table: tableName } as const;

/**
 * What makes the resolver's sockets appear at port 53 of its address, which a server of the user's own on all addresses would otherwise be in the way of. Ports
 * are rewritten in place and connections are not tracked, so that it costs next to nothing; answers go the same way back. What leaves the sandbox is none of its business.
 */
const script = (port: number): string => {
  const rewrite = (protocol: 'udp' | 'tcp'): string => `
    ip daddr ${resolverAddress} ${protocol} dport 53 notrack ${protocol} dport set ${port}
    ip saddr ${resolverAddress} ${protocol} sport ${port} notrack ${protocol} sport set 53`;
  return `table inet ${tableName} {
  chain output {
    type filter hook output priority raw; policy accept;
    oif != "lo" accept${rewrite('udp')}${rewrite('tcp')}
  }
}
`;
};

/** Puts the rules into a sandbox, in place of those of another port. Throws NftError. */
export function redirectTo(namespace: Namespace, port: number): void {
  withContext(namespace, (nft) => {
    // After a transaction that deletes anything, closing the context waits some 15 ms for the kernel; looking first takes hundredths of one.
    const removal = nft.listTable(place) ? `delete table inet ${tableName}\n` : '';
    nft.runScript(removal + script(port));
  });
}

/** Whether the rules for this port stand. */
export function isRedirected(namespace: Namespace, port: number): boolean {
  return withContext(namespace, (nft) => {
    const text = JSON.stringify(nft.listTable(place) ?? []);
    return text.split(`"value":${port}`).length === 3 && text.split(`"right":${port}`).length === 3;
  });
}

/** Takes the rules away; harmless when there are none. */
export function removeRedirect(namespace: Namespace): void {
  withContext(namespace, (nft) => nft.runScript(`add table inet ${tableName}\ndelete table inet ${tableName}\n`));
}

/** Contexts hold their namespace: none stays open. */
function withContext<T>(namespace: Namespace, work: (nft: NftContext) => T): T {
  const nft = NftContext.open(namespace);
  try {
    return work(nft);
  } finally {
    nft.close();
  }
}
