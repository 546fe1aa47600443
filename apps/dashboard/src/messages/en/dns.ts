/** How names are looked up in a sandbox, or in all of a network. */
export const dns = {
  search: 'Search domains',
  servers: 'DNS servers',
  options: 'DNS options',
  hosts: 'Extra hosts',
  form: {
    title: (kind: string, name: string) => `Names in ${kind} ${name}`,
    say: {
      network: 'For every sandbox on the network, after the sandbox’s own settings. Lists are typed with commas between.',
      sandbox: 'For this sandbox, before those of its networks. Lists are typed with commas between.',
    },
    done: (kind: string, name: string) => `Names of ${kind} ${name} are being changed`,
    domain: 'Domain',
    domainHint: 'Its names are answered below this domain too: a.lab.test.',
    searchHint: 'Tried for short names.',
    servers: 'Servers',
    serversHint: 'Whom unknown names are asked of, from inside the sandbox. The host’s own when there are none.',
    hostsHint: 'Names that are answered besides those of endpoints.',
    options: 'Options',
    optionsHint: 'Of resolv.conf(5).',
  },
} as const;
