const number = new Intl.NumberFormat('en');

/** The pages that list the objects of one kind. */
export const tables = {
  count: (shown: number, all: number) => (shown === all ? number.format(all) : `${number.format(shown)} of ${number.format(all)}`),
  noneMatches: (all: number, filter: string) => `None of ${number.format(all)} matches “${filter}”.`,
  clearFilter: 'Clear the filter',
  loading: 'Loading',
  unreachable: 'The dashboard’s server cannot be reached.',
  command: 'Command',
  byStatus: 'By status',
  showAll: 'Show all again',
  showOnly: (status: string) => `Show only what is ${status}`,
  filter: {
    label: (title: string) => `Filter ${title.toLowerCase()}`,
    placeholder: 'Filter by name, address, host:lab-1, status:failing',
  },
  noHost: 'No host has registered yet.',
  networks: {
    title: 'Networks',
    create: 'Create network',
    empty: 'No networks yet',
    emptyHow: 'Create one with the button above, or from a shell:',
  },
  sandboxes: {
    title: 'Sandboxes',
    create: 'Create sandbox',
    empty: 'No sandboxes yet',
    emptyHow: 'A sandbox is a network stack of its own on a host. Create one above, or from a shell:',
    needsHost: 'A sandbox is on a host. Start a worker on one; it registers itself:',
  },
  endpoints: {
    title: 'Endpoints',
    create: 'Join',
    empty: 'Nothing is joined yet',
    emptyHow: 'An endpoint joins a sandbox to a network. Join one above, or from a shell:',
  },
  policies: {
    title: 'Policies',
    create: 'Create policy',
    noNetwork: 'There is no network yet.',
    empty: 'No policies yet',
    emptyHow: 'Endpoints of one network reach each other; a policy says who may not. Create one above, or from a shell:',
  },
  hosts: {
    title: 'Hosts',
    empty: 'No hosts yet',
    emptyHow: 'A worker on a host registers it. Start one there:',
  },
  columns: {
    kernel: 'Kernel',
    worker: 'Worker',
    sandboxes: 'Sandboxes',
    features: 'Can do',
    lastSeen: 'Last heard of',
  },
  object: {
    facts: 'Details',
    breadcrumb: 'Where this page is',
    gone: (kind: string, name: string) => `There is no ${kind} called ${name}.`,
    open: (kind: string, name: string) => `Open the page of ${kind} ${name}`,
    menu: (kind: string, name: string) => `What to do with ${kind} ${name}`,
    closeDetails: 'Close the details',
    details: (kind: string, name: string) => `Details of ${kind} ${name}`,
    goneFromPanel: (kind: string) => `There is no ${kind} of this name any more.`,
  },
} as const;
