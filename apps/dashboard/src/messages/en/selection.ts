/** Rows that are chosen together, and views that are kept. */
export const selection = {
  choose: (name: string) => `Choose ${name}`,
  chooseAll: 'Choose all that are shown',
  chosen: (count: number) => `${count} chosen`,
  clear: 'Choose none',
  delete: 'Delete…',
  labels: 'Labels…',
  labelsTitle: (count: number, kind: string) => `Label ${count} ${kind}${count === 1 ? '' : 's'}`,
  labelsSay: 'Labels that are there stay, unless one of the same key is given.',
  add: 'Labels to set',
  addHint: 'key=value, with commas between',
  remove: 'Keys to remove',
  removeHint: 'with commas between',
  apply: 'Apply',
  nothing: 'Give a label to set or a key to remove.',
  labelled: (count: number) => `${count} labelled`,
  partly: (done: number, all: number, why: string) => `${done} of ${all} labelled; then: ${why}`,
  deleteTitle: (count: number, plural: string) => `Delete ${count} ${plural}?`,
  deleteSay: {
    network: (endpoints: number) =>
      endpoints === 0
        ? 'Nothing is joined to them. Their subnets become free.'
        : 'Networks with endpoints are not deleted: let these leave first.',
    sandbox: (endpoints: number) =>
      endpoints === 0
        ? 'What runs in them loses its network.'
        : `What runs in them loses its network, and ${endpoints} endpoints go with them.`,
    endpoint: (sandboxes: number) =>
      `${sandboxes} ${sandboxes === 1 ? 'sandbox loses' : 'sandboxes lose'} connections. Their addresses may be given to others.`,
    policy: (networks: number) => `Their rules no longer decide on flows of ${networks} ${networks === 1 ? 'network' : 'networks'}.`,
  },
  affected: 'Concerns',
  andMore: (count: number) => `and ${count} more`,
  confirm: (count: number, plural: string) => `Delete ${count} ${plural}`,
  deleting: (count: number) => `${count} are being deleted`,
  facets: {
    by: {
      status: 'By status',
      kind: 'By kind',
      host: 'By host',
      network: 'By network',
      sandbox: 'By sandbox',
      driver: 'By driver',
      label: 'By label',
    },
    any: {
      status: 'Any status',
      kind: 'Any kind',
      host: 'Any host',
      network: 'Any network',
      sandbox: 'Any sandbox',
      driver: 'Any driver',
      label: 'Any label',
    },
  },
  views: {
    label: 'Views',
    name: 'Name of the view',
    keep: 'Keep',
    none: 'No view is kept yet.',
    remove: (name: string) => `Forget ${name}`,
    say: 'Filter and sorting, as they are now, in this browser. The address says the same: copy it to share a view.',
  },
} as const;
