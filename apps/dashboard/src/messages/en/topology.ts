const number = new Intl.NumberFormat('en');
const counted = (count: number, one: string, many: string) => `${number.format(count)} ${count === 1 ? one : many}`;

/** The drawing of what there is, and its twin as a table. */
export const topology = {
  title: 'Topology',
  loading: 'Laying out',
  failed: (reason: string) => `The topology cannot be laid out: ${reason}`,
  count: (nodes: number, links: number) => `${counted(nodes, 'node', 'nodes')}, ${counted(links, 'link', 'links')}`,
  folded: (nodes: number, all: number, links: number) =>
    `${number.format(nodes)} of ${number.format(all)} nodes, ${counted(links, 'link', 'links')}; groups are folded`,
  empty: 'Nothing to draw yet',
  emptyHow: 'Hosts appear here as soon as they register; networks and sandboxes as soon as they are created.',
  noneMatches: (filter: string) => `Nothing matches “${filter}”.`,
  router: 'Router namespace',
  routerOf: (host: string, owner: string) => (owner === 'default' ? `${host}, its own` : `${host}, of ${owner}`),
  states: { pending: 'Pending' },
  sandboxCount: (count: number) => counted(count, 'sandbox', 'sandboxes'),
  groupDetail: ({ networks, sandboxes, endpoints }: { networks: number; sandboxes: number; endpoints: number }) =>
    [
      networks > 0 && counted(networks, 'network', 'networks'),
      sandboxes > 0 && counted(sandboxes, 'sandbox', 'sandboxes'),
      endpoints > 0 && counted(endpoints, 'endpoint', 'endpoints'),
    ]
      .filter(Boolean)
      .join(' · ') || 'empty',
  kinds: { host: 'Host', router: 'Router namespace', network: 'Network', sandbox: 'Sandbox', endpoint: 'Endpoint', group: 'Group' },
  node: (kind: string, title: string, state: string, detail: string) => [`${kind} ${title}`, state, detail].filter(Boolean).join(', '),
  interface: (endpoint: string, name: string, address: string, network: string, state: string) =>
    [`Endpoint ${endpoint}`, state, `${name} ${address}`.trim(), `on ${network}`].filter(Boolean).join(', '),
  join: (sandbox: string) => `Join ${sandbox} to a network: drag to one, or press e`,
  fold: (title: string) => `Fold ${title}`,
  unfold: (title: string) => `Unfold ${title}`,
  stage: 'Drawing of the topology',
  stageHow:
    'Arrow keys move from node to node, Enter shows details, e joins a sandbox to a network, f fits all in view, t shows the table, Control Z undoes a join that was made here.',
  groupBy: 'Group by',
  groupings: { host: 'Host', network: 'Network', tenant: 'Tenant', none: 'Nothing' },
  label: (key: string) => `Label ${key}`,
  forms: { graph: 'Graph', table: 'Table' },
  form: 'Shown as',
  filter: 'Filter the topology',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fitAll: 'Fit all in view',
  export: 'Export',
  exports: { svg: 'As SVG', png: 'As PNG' },
  exported: (format: string) => `The topology was saved as ${format.toUpperCase()}`,
  exportFailed: (reason: string) => `The topology could not be saved: ${reason}`,
  undo: (sandbox: string, endpoint: string) => `Undo: ${sandbox} leaves, ${endpoint}`,
  undoShort: 'Undo the join',
  undone: (sandbox: string, endpoint: string) => `Undone: ${sandbox} is leaving, endpoint ${endpoint}`,
  undoFailed: (reason: string) => `The join could not be undone: ${reason}`,
  map: 'Map of the drawing, with what is in view of it',
  changed: (kind: string, name: string, state: string, why: string | null) => `${kind} ${name}: ${state}${why === null ? '' : `, ${why}`}`,
  changes: 'Changes of state',
  moreChanged: (count: number) => `and ${number.format(count)} more`,
  legend: {
    title: 'Legend',
    network: 'network',
    sandbox: 'sandbox and its endpoints',
    router: 'host, router namespace',
    tunnel: 'between hosts',
    traffic: 'carries traffic: the wider, the more',
    trouble: 'failing or warning',
  },
  table: {
    kind: 'Kind',
    group: 'Group',
    linkedTo: 'Linked to',
    traffic: 'Traffic',
    more: (count: number) => `and ${number.format(count)} more`,
  },
} as const;
