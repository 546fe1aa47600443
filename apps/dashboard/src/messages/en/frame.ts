/** What stands around every page. */
export const frame = {
  product: 'Netyard',
  description: 'Container networks: what there is, and how it fares.',
  skip: 'Skip to the page',
  navigation: 'Pages',
  openNavigation: 'Open the list of pages',
  closeNavigation: 'Close the list of pages',
  search: 'Search and commands',
  searchShort: 'Search',
  theme: {
    label: 'Theme',
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    contrast: 'High contrast',
  },
  groups: { first: 'At a glance', inventory: 'Inventory', operations: 'Operations' },
  places: {
    overview: 'Overview',
    networks: 'Networks',
    sandboxes: 'Sandboxes',
    endpoints: 'Endpoints',
    policies: 'Policies',
    hosts: 'Hosts',
    settings: 'Settings',
  },
  connection: {
    connecting: { label: 'Connecting', title: 'Waiting for the first snapshot.' },
    live: { label: 'Live', title: 'Changes appear as they happen.' },
    stale: { label: 'Reconnecting', title: 'What is shown may be out of date.' },
    'signed-out': { label: 'Signed out', title: 'The token is not accepted any more.' },
    lost: 'The API does not answer.',
    /** Around a time. */
    shownSince: [
      'What you see is from ',
      '; it is brought up to date as soon as the connection is back. The networks themselves go on working meanwhile.',
    ],
    retried: 'It is tried again by itself.',
  },
  notFound: { title: 'There is nothing at this address', back: 'Go to the overview' },
  broke: { title: 'The page broke', again: 'Try again' },
} as const;
