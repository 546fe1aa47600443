const number = new Intl.NumberFormat('en');
const counted = (count: number, noun: string): string => `${number.format(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Before something is taken away: what goes with it, and who loses what. */
export const removal = {
  goesWith: 'Goes with it',
  more: (count: number) => `and ${number.format(count)} more`,
  noAddress: 'no address',
  network: {
    title: (name: string) => `Delete network ${name}?`,
    empty: 'Nothing is joined to it. Its subnets become free.',
    say: (endpoints: number) => `${counted(endpoints, 'endpoint')} on it go with it; their sandboxes lose these addresses.`,
    confirm: (endpoints: number) => (endpoints === 0 ? 'Delete network' : `Delete network and ${counted(endpoints, 'endpoint')}`),
    done: (name: string) => `Network ${name} is being deleted`,
    endpoint: (addresses: string, sandbox: string | null) => (sandbox === null ? addresses : `${addresses} in ${sandbox}`),
  },
  sandbox: {
    title: (name: string) => `Delete sandbox ${name}?`,
    own: (host: string) => `Its network namespace on ${host} is deleted; what runs in it loses its network.`,
    foreign: (host: string) => `The namespace itself stays on ${host}.`,
    joined: (endpoints: number) => (endpoints === 0 ? '' : ` ${counted(endpoints, 'endpoint')} of it go with it.`),
    confirm: (endpoints: number) => (endpoints === 0 ? 'Delete sandbox' : `Delete sandbox and ${counted(endpoints, 'endpoint')}`),
    done: (name: string) => `Sandbox ${name} is being deleted`,
    endpoint: (addresses: string, network: string) => `${addresses} on ${network}`,
  },
  endpoint: {
    title: (name: string) => `Delete endpoint ${name}?`,
    say: (sandbox: string | null, network: string) =>
      sandbox === null ? 'It is joined to nothing.' : `Sandbox ${sandbox} loses its connection to ${network}.`,
    freed: (addresses: string) => ` ${addresses} may be given to others.`,
    closed: (ports: string) => ` Published on the host until then: ${ports}.`,
    confirm: 'Delete endpoint',
    done: (name: string) => `Endpoint ${name} is being deleted`,
  },
  leave: {
    title: (name: string, sandbox: string | null) => `Let ${name} leave ${sandbox ?? 'its sandbox'}?`,
    say: (interfaceName: string, network: string, addresses: string) =>
      `Interface ${interfaceName} goes from the sandbox, which loses its connection to ${network}. The endpoint keeps ${addresses || 'its place'}.`,
    confirm: 'Leave',
    done: (name: string, sandbox: string | null) => `${name} is leaving ${sandbox ?? 'its sandbox'}`,
  },
  port: {
    title: (where: string) => `Close ${where} of the host?`,
    say: (endpoint: string) => `It no longer leads to endpoint ${endpoint}. Connections through it are cut.`,
    confirm: 'Close port',
    done: (where: string) => `Port ${where} is being closed`,
  },
} as const;
