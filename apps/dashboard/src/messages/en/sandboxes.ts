const number = new Intl.NumberFormat('en');

/** Sandboxes: what is said of one, and what can be done to it. */
export const sandboxes = {
  host: 'Host',
  namespace: 'Namespace',
  endpoints: 'Endpoints',
  namespaces: { managed: 'Managed', adopted: 'Adopted', host: 'Host’s own' },
  joinedBy: (interfaceName: string | null, network: string) => (interfaceName === null ? network : `${interfaceName} on ${network}`),
  notReady: 'It is not ready yet.',
  ping: 'Ping…',
  pingFrom: (name: string) => `Ping from ${name}`,
  actions: { ping: 'Ping from it…', join: 'Join to a network…', names: 'Names…' },
  form: {
    title: 'Create a sandbox',
    description: 'A network namespace with interfaces, routes and rules of its own.',
    submit: 'Create sandbox',
    created: (name: string) => `Sandbox ${name} is created`,
    name: 'Name',
    hostNeeded: 'Choose a host.',
    noHost: 'No host has registered yet: start a worker.',
    hostDetail: (count: number, status: string) => `${number.format(count)} sandboxes · ${status}`,
    types: { managed: 'Managed', adopted: 'Adopted', host: 'The host’s own' },
    hints: {
      managed: 'Netyard makes it, and deletes it with the sandbox.',
      adopted: 'One that exists: a container’s or a process’s. It stays when the sandbox is deleted.',
      host: 'The host’s stack itself; only endpoints of networks with driver host join it.',
    },
    path: 'Path',
    pathHint: 'On the host: a bind mount, or /proc/PID/ns/net of a process.',
  },
} as const;
