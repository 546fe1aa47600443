const number = new Intl.NumberFormat('en');

/** What a join would do, told before it is done. */
export const joinPlan = {
  title: 'What it will do',
  asking: 'Asking what it would do…',
  unknown: 'What it would do cannot be told: the dashboard’s server cannot be reached.',
  host: 'On host',
  made: 'Makes',
  vethPair: (interfaceName: string) => `a veth pair, ${interfaceName} in the sandbox`,
  sublink: (kind: string, interfaceName: string) => `a ${kind} link, ${interfaceName} in the sandbox`,
  firstOnHost: (network: string, host: string) => `network ${network} on ${host}, which is new there`,
  addresses: 'Addresses',
  macAddress: 'MAC address',
  gateway: 'Gateway',
  gatewayUsed: (gateway: string) => `${gateway}, the sandbox’s default route`,
  gatewayBeside: (gateway: string, others: number) =>
    `${gateway}, beside ${others === 1 ? 'that of another endpoint' : `those of ${number.format(others)} endpoints`}`,
  reaches: 'Reaches',
  nobody: 'no other endpoint yet',
  names: (names: readonly string[], all: number) =>
    all > names.length
      ? `${names.join(', ')} and ${number.format(all - names.length)} more, and they it`
      : `${names.join(', ')}, and they it`,
} as const;
