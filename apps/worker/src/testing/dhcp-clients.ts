import { readdirSync, readFileSync } from 'node:fs';
import { clientId } from '../dhcp/client-command';

/** Process ids of an endpoint's DHCP clients, whoever started them. */
export const clientsOf = (endpointId: string): number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => commandOf(pid).startsWith('udhcpc\0') && commandOf(pid).includes(clientId(endpointId)))
    .map(Number);

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
