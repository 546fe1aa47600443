import { vethLinkName, type DesiredEndpoint } from '@netyard/contracts';
import { Address, Mac } from '@netyard/inet';
import type { RuleElementObject, RuleSetName } from '../kernel-object';

/** The only MAC and IP addresses that frames from the sandbox may have; nothing when the guard is switched off. */
export function guard({ id, macAddress, addresses, spoofingGuard }: DesiredEndpoint): RuleElementObject[] {
  const mac = Mac.parse(macAddress ?? '');
  if (!spoofingGuard || !mac) return [];
  const link = vethLinkName(id);
  const element = (set: RuleSetName, ...key: string[]): RuleElementObject => ({
    kind: 'rule-element',
    set,
    key: [link, ...key],
    owner: link,
  });
  const own = addresses.map((address) => address.slice(0, address.indexOf('/')));
  const ipv6 = [...own.filter(isIpv6), mac.linkLocal().toString()];
  return [
    element('guarded'),
    element('macs', mac.toString()),
    ...own.filter((address) => !isIpv6(address)).map((address) => element('senders4', mac.toString(), address)),
    ...ipv6.map((address) => element('senders6', mac.toString(), address)),
    ...ipv6.map((address) => element('targets6', hexadecimal(address))),
  ];
}

const isIpv6 = (address: string): boolean => address.includes(':');

/** The address as the one number that a match on raw bytes is compared with. */
const hexadecimal = (address: string): string => `0x${(Address.parse(address)?.value ?? 0n).toString(16).padStart(32, '0')}`;
