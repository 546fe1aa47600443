import type { DnsSettings, PatchNetwork, PatchSandbox } from '@netyard/api-client';
import { afterEquals, beforeEquals, joinList, splitList } from '../form/listed';

/** The body's shape, with each list typed as one text. */
export interface DnsFormValues {
  spec: { domain: string; dns: { search: string; options: string; servers: string; hosts: string } };
}

interface Present {
  domain?: string | null;
  dns: Required<DnsSettings>;
}

/** What the form begins with. */
export const dnsValues = ({ domain, dns }: Present): DnsFormValues => ({
  spec: {
    domain: domain ?? '',
    dns: {
      search: joinList(dns.search),
      options: joinList(dns.options),
      servers: joinList(dns.servers),
      hosts: joinList(dns.hosts.map(({ name, address }) => `${name}=${address}`)),
    },
  },
});

const dnsRequest = ({ search, options, servers, hosts }: DnsFormValues['spec']['dns']): Required<DnsSettings> => ({
  search: splitList(search),
  options: splitList(options),
  servers: splitList(servers),
  hosts: splitList(hosts).map((item) => ({ name: beforeEquals(item), address: afterEquals(item) })),
});

/** The body of `PATCH /v1/sandboxes/{ref}`. */
export const sandboxDnsPatch = ({ spec }: DnsFormValues): PatchSandbox => ({ spec: { dns: dnsRequest(spec.dns) } });

/** The body of `PATCH /v1/networks/{ref}`. */
export const networkDnsPatch = ({ spec }: DnsFormValues): PatchNetwork => ({
  spec: { domain: spec.domain.trim() || null, dns: dnsRequest(spec.dns) },
});
